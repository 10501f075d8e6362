/**
 * Every constant of the detector: one set for every series and every grain. Times are in days or weeks, counts in points.
 * How they were chosen, and how little the results depend on them: docs/detection.md.
 */
export const constants = {
  /** Points before the first judgement, and until clipping starts. */
  warmup: 30,
  /** The share of its evidence that counts until a whole day was seen: nobody knows yet what a morning looks like. */
  cold_voice: 0.7,
  /** Weight of the newest point in the fast level (about 15 points) and in the slow one (about 100). */
  fast_weight: 0.12,
  slow_weight: 0.02,
  /** The same for the steady level, and for the running sum of deviations from it (about 12 points). */
  steady_weight: 0.005,
  sum_weight: 0.08,
  /** Weight in the expectation while an incident is open, at least: it follows a new level in about half a day. */
  incident_weight: 0.002,
  /** A point moves a level by at most this many noise units: an incident cannot drag the expectation along. */
  clip: 3,
  /** Weight of the newest point in the recent noise (about 200 points) and in the whole history's. */
  noise_weight: 0.005,
  history_weight: 0.0001,
  /** Recent noise is at least this share of the whole history's. */
  noise_floor: 0.6,
  /** Noise is at least the residual exceeded by 1 % of points, divided by 4; for runs of points 0.2 % and 5. */
  spike_floor: { exceeded_by: 0.01, divisor: 4 },
  run_floor: { exceeded_by: 0.002, divisor: 5 },
  /** Memory of the long-run level and, in days, of what is normal at a time of day; in weeks, at an hour of the week. */
  base_days: 28,
  day_profile_days: 10,
  week_profile_weeks: 16,
  /** Memory of the tails, in days and at least in points. */
  tail_days: 7,
  tail_points: 168,
  /** The tail is fitted between the values exceeded by these shares of points, or by this many points a week if that is more. */
  tail_deep: 0.002,
  tail_shallow: 0.02,
  tail_per_week: 5,
  /** The shape of the tail: 2 would be a normal distribution, 1 exponential. */
  shape_least: 0.1,
  shape_most: 1.2,
  /** Points of belief in a normal-like tail before a series has shown its own. */
  tail_prior: 100,
  /** Views are joined by a power mean of this order: several that agree weigh more than one. */
  agreement: 3,
  /** The place among all values, and the running sum, speak with this much of their voice. */
  marginal_weight: 0.9,
  sum_view_weight: 0.9,
  /** How fast the testimony of a view fades while the others are still to come: per point. */
  testimony_fade: 0.8,
  /** The sum of daily changes, in usual ones, at which a slow decline or rise is told. */
  drift_told_at: 8,
  /** Refractory: what an alarm hides halves in this many points. */
  refractory_points: 5,
  /** −log10 of the tail probability at which an alarm is raised, for the wanted number of alarms a week below. */
  alarm_at: 4.7,
  wanted_per_week: 2,
  /** More alarms than this many times the wanted number make the series harder to impress, by this power of the excess. */
  budget_factor: 5,
  budget_power: 0.5,
  /** The most that one point can score. */
  score_most: 30,
} as const
