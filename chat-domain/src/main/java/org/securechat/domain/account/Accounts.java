package org.securechat.domain.account;

import java.time.Clock;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.SessionCache;

/** The use cases of accounts, put together. Safe for use by many threads. */
public final class Accounts {
  private final RegisterAccount registerAccount;
  private final ConfirmRegistration confirmRegistration;
  private final LogIn logIn;
  private final ReadKdf readKdf;
  private final ReleaseKey releaseKey;
  private final LogOut logOut;
  private final ReadOwnAccount readOwnAccount;
  private final ChangePassword changePassword;
  private final ResetSecondFactor resetSecondFactor;
  private final ConfirmReset confirmReset;
  private final PublishEncryptionKey publishEncryptionKey;
  private final ReadUser readUser;
  private final BlockUser blockUser;
  private final UnblockUser unblockUser;
  private final ListBlocks listBlocks;
  private final ExportAccount exportAccount;
  private final CloseAccount closeAccount;

  /**
   * Puts them together.
   *
   * @param gate holds the limits of {@code ports.accounts()}
   * @param known is told of sessions that end
   */
  public Accounts(
      VerifySignedRequest verify,
      CredentialGate gate,
      SessionCache known,
      AccountPorts ports,
      AccountSettings settings) {
    AccountStore accounts = ports.accounts();
    SecondFactorStore factors = ports.secondFactors();
    RandomSource random = ports.random();
    Clock clock = ports.clock();
    AccountSecrets secrets = new AccountSecrets(ports.secretBox());
    AccountTools tools =
        new AccountTools(
            gate,
            new CredentialCheck(gate, secrets, factors, clock),
            new AccountChecks(gate, accounts, known),
            secrets,
            DecoyAccount.make(gate, ports.totpCodes(), secrets, random));
    registerAccount = new RegisterAccount(verify, tools, ports);
    confirmRegistration = new ConfirmRegistration(verify, tools, ports, settings.registrations());
    logIn = new LogIn(verify, tools, accounts, known, settings.sessions(), random, clock);
    readKdf = new ReadKdf(accounts, ports.names());
    releaseKey = new ReleaseKey(tools, accounts, factors, ports.names(), random, clock);
    logOut = new LogOut(ports.sessions(), known);
    readOwnAccount = new ReadOwnAccount(accounts, secrets);
    changePassword = new ChangePassword(tools, accounts);
    resetSecondFactor = new ResetSecondFactor(tools, factors, ports.totpCodes(), clock);
    confirmReset = new ConfirmReset(tools, factors, settings.registrations(), random, clock);
    publishEncryptionKey = new PublishEncryptionKey(accounts, ports.signatures(), readOwnAccount);
    readUser = new ReadUser(accounts);
    blockUser = new BlockUser(readUser, ports.blocks(), settings.blocks(), clock);
    unblockUser = new UnblockUser(readUser, ports.blocks());
    listBlocks = new ListBlocks(ports.blocks());
    exportAccount = new ExportAccount(readOwnAccount, accounts, ports.sessions(), ports.blocks());
    closeAccount = new CloseAccount(tools, accounts, clock);
  }

  public RegisterAccount registerAccount() {
    return registerAccount;
  }

  public ConfirmRegistration confirmRegistration() {
    return confirmRegistration;
  }

  public LogIn logIn() {
    return logIn;
  }

  public ReadKdf readKdf() {
    return readKdf;
  }

  public ReleaseKey releaseKey() {
    return releaseKey;
  }

  public LogOut logOut() {
    return logOut;
  }

  public ReadOwnAccount readOwnAccount() {
    return readOwnAccount;
  }

  public ChangePassword changePassword() {
    return changePassword;
  }

  public ResetSecondFactor resetSecondFactor() {
    return resetSecondFactor;
  }

  public ConfirmReset confirmReset() {
    return confirmReset;
  }

  public PublishEncryptionKey publishEncryptionKey() {
    return publishEncryptionKey;
  }

  public ReadUser readUser() {
    return readUser;
  }

  public BlockUser blockUser() {
    return blockUser;
  }

  public UnblockUser unblockUser() {
    return unblockUser;
  }

  public ListBlocks listBlocks() {
    return listBlocks;
  }

  public ExportAccount exportAccount() {
    return exportAccount;
  }

  public CloseAccount closeAccount() {
    return closeAccount;
  }
}
