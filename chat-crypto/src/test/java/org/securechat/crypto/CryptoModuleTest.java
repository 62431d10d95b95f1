package org.securechat.crypto;

import org.securechat.testkit.contract.AdapterModuleContract;

class CryptoModuleTest implements AdapterModuleContract {

  @Override
  public String adapterPackage() {
    return "org.securechat.crypto";
  }
}
