import { connections } from '../connections.ts'
import { type Asker, askerOfBearer, askerOfSession } from './asker.ts'

/** What a request says of who sends it. */
interface Credentials {
  authorization: string | null
  token: string | undefined
}

/** Who asks; nobody when the credentials are nobody's any more. @throws SessionsAway, and what the warehouse throws */
export async function whoAsks({ authorization, token }: Credentials): Promise<Asker | undefined> {
  const { warehouse, redis, keyUse, env } = connections()
  // A proxy in front may ask for a name and a password of its own: those stand here too, and say nothing to us.
  if (authorization !== null && /^bearer\b/i.test(authorization))
    return askerOfBearer({ warehouse, keyUse }, authorization, env.READ_KEY)
  return token === undefined ? undefined : askerOfSession({ warehouse, redis }, token)
}
