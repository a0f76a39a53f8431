import { createHash } from 'node:crypto'
import { UsedNonces } from './oauth.ts'

/** A REST API key of the store. */
export interface ConsumerKey {
  key: string
  secret: string
  permissions: 'read' | 'write' | 'read_write'
}

/** An application password of a WordPress user. */
export interface ApplicationPassword {
  user: string
  password: string
  /** False: the user can sign in, but may not see orders. */
  canManageOrders: boolean
}

/** The keys and application passwords that a store accepts. They are made up, and the same in every run. */
export class Credentials {
  private readonly keys: (ConsumerKey & { nonces: UsedNonces })[] = []
  private readonly passwords: ApplicationPassword[] = []
  private readonly users = new Set<string>()
  private made = 0

  addKey(permissions: ConsumerKey['permissions']): ConsumerKey {
    const key = { key: `ck_${this.madeUp(40)}`, secret: `cs_${this.madeUp(40)}`, permissions }
    this.keys.push({ ...key, nonces: new UsedNonces() })
    return key
  }

  addPassword(user: string, canManageOrders: boolean): ApplicationPassword {
    const password = { user, password: this.madeUp(24), canManageOrders }
    this.passwords.push(password)
    this.users.add(user)
    return password
  }

  /** Deletes a key or a user's application passwords, as the shop can at any time. */
  revoke(keyOrUser: string): void {
    const keep = <Item>(items: Item[], isKept: (item: Item) => boolean) => items.splice(0, items.length, ...items.filter(isKept))
    keep(this.keys, ({ key }) => key !== keyOrUser)
    keep(this.passwords, ({ user }) => user !== keyOrUser)
  }

  findKey(key: string): (ConsumerKey & { nonces: UsedNonces }) | undefined {
    return this.keys.find((own) => own.key === key)
  }

  hasUser(user: string): boolean {
    return this.users.has(user)
  }

  /**
   * Finds a password. As in WordPress, characters that aren't letters or digits don't matter, so it may be written with
   * spaces.
   */
  findPassword(user: string, password: string): ApplicationPassword | undefined {
    const plain = password.replaceAll(/[^a-z\d]/gi, '')
    return this.passwords.find((own) => own.user === user && own.password === plain)
  }

  private madeUp(length: number): string {
    this.made += 1
    return createHash('sha256').update(`not a secret ${this.made}`).digest('hex').slice(0, length)
  }
}
