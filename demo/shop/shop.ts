/** Which of the possible shops: everything else of it follows. */
export interface Shop {
  seed: number
  /** The day, by its number, that its promotions and its growth are laid around: that of its first start. */
  anchor: number
  /** How many times as many people as usual come for the first time; 1 where it is left out. */
  scale?: number
}
