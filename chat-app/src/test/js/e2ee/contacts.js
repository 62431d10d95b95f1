/** Everybody that was met, by id, name and key: nobody changes these unnoticed. */

/** Somebody has another name or key than before, or the name or key of somebody else. The user has to decide. */
export class ChangedIdentity extends Error {
  name = 'ChangedIdentity';
  reason = 'identity_changed';
}

export class Contacts {
  #people = new Map();

  /** Pins whoever is new; throws, and pins nobody, if one of them contradicts what is pinned. */
  meet(people) {
    people.forEach((person) => this.#check(person));
    for (const { id, key, name } of people) {
      if (!this.#people.has(id)) {
        this.#people.set(id, { id, key, name, encryptionKey: null });
      }
    }
  }

  #check({ id, key, name }) {
    for (const known of this.#people.values()) {
      const isSame = known.id === id;
      const sameName = known.name.toLowerCase() === name.toLowerCase();
      if (isSame ? known.name !== name || known.key !== key : sameName || known.key === key) {
        throw new ChangedIdentity(`${name} is not who they were`);
      }
    }
  }

  /** Pins the encryption key of somebody who was met; null is for those who have published none so far. */
  meetEncryptionKey(id, encryptionKey) {
    const known = this.#people.get(id);
    if (known.encryptionKey && !(encryptionKey && known.encryptionKey.equals(encryptionKey))) {
      throw new ChangedIdentity(`${known.name} has another encryption key than before`);
    }
    known.encryptionKey = encryptionKey;
  }
}
