//! Claiming an account for a store: idempotent by claim id, fenced by the epoch.

use super::{
    grant::{Grant, grant},
    known::source,
    sign_in::{Credentials, SignInError, sign_in},
};
use crate::{
    device::{Token, TokenKind},
    keys::KeyError,
    office::Office,
    org::Org,
    query::{self, session::StoreRow},
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Login,
    code::Code,
    id::AccountId,
    session::{ClientKind, Holder},
    text::{self, NAME_MAX},
};
use firebee_protocol::{
    encode::from_base64,
    receipt::verify_claim,
    session::{ClaimReceipt, ClaimReply, ClaimRequest, Succeeds},
    sign::{ClaimText, PublicKey, claim_text, is_public_key, key_hash, verify},
};

/// Why an account is not claimed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// A field of the request is invalid.
    #[error("the request is not well formed: {field}")]
    Malformed {
        /// Which.
        field: &'static str,
    },
    /// The store's signature over the claim does not hold.
    #[error("the device's signature does not hold")]
    SignatureInvalid,
    /// Login and password.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// somebody else set the password, so its holder chooses another one first.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// Neither a predecessor nor a receipt opens the account: the user signs in with the password.
    #[error("nothing but the password opens the account")]
    SignInAgain,
    /// another phone holds it.
    #[error("the account is signed in on another phone")]
    SignedInElsewhere(Holder),
    /// This claim id was used before: for another account or store, or in an epoch in which the store no longer holds
    /// the account.
    #[error("the claim was used")]
    Spent,
    /// The store belongs to another account, has a different key, or was replaced by a successor.
    #[error("the store is another's")]
    StoreMismatch,
    /// An administrator dropped the store's key.
    #[error("the store was revoked")]
    StoreRevoked,
    /// The firm's key cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ClaimError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Malformed { .. } => Code::BadRequest,
            Self::SignatureInvalid => Code::SignatureInvalid,
            Self::SignIn(error) => error.code(),
            Self::PasswordChangeRequired => Code::PasswordChangeRequired,
            Self::SignInAgain => Code::SignInAgain,
            Self::SignedInElsewhere(_) => Code::SignedInElsewhere,
            Self::Spent => Code::ClaimSpent,
            Self::StoreMismatch => Code::StoreMismatch,
            Self::StoreRevoked => Code::StoreRevoked,
            Self::Key(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Claims an account. A repeat with the same `claim_id` makes new tokens and ends its earlier ones, while the store
/// still has the epoch of that claim.
///
/// # Errors
/// See [`ClaimError`].
pub async fn claim(office: &Office, request: ClaimRequest, address: &str) -> Result<ClaimReply, ClaimError> {
    let (key, signed) = check(&request)?;
    let (org, account) = match (&request.succeeds, &request.receipt) {
        (Some(succeeds), _) => succeeded(office, &request, succeeds, &signed).await?,
        (None, Some(receipt)) => receipted(office, &request, receipt, &key).await?,
        (None, None) => {
            let typed = (request.store_id, request.login.as_str());
            let source = source(office, typed, |held| *held == key, address).await?;
            let (login, password) = (request.login.as_str(), request.password.as_str());
            let credentials = Credentials { login, password, client: ClientKind::App, source: &source };
            let found = sign_in(office, credentials).await?;
            if found.must_change {
                return Err(ClaimError::PasswordChangeRequired);
            }
            (found.org, found.account)
        }
    };
    let mint = |kind| Token::mint(kind).map_err(|error| StoreError::Lost(error.to_string()));
    let wanted = Grant {
        org,
        account,
        key,
        access: mint(TokenKind::Access)?,
        refresh: mint(TokenKind::Refresh)?,
        now: office.clock.now(),
        // What opens the evidence is kept; the password is not.
        request: ClaimRequest { password: String::new(), ..request },
        office: office.clone(),
    };
    office.store.write("claim_session", async move |tx: &mut Tx| grant(tx, &wanted).await).await
}

/// Whether the store is the account's whose login the request brings.
fn is_of(request: &ClaimRequest, store: &StoreRow) -> bool {
    Login::new(&request.login).is_ok_and(|login| login.as_str() == store.login)
}

/// The request's form and the store's own signature. Returns the key and the bytes that were signed.
fn check(request: &ClaimRequest) -> Result<(PublicKey, Vec<u8>), ClaimError> {
    let malformed = |field| ClaimError::Malformed { field };
    let key: PublicKey = from_base64(&request.public_key).ok_or(malformed("public_key"))?;
    if !is_public_key(&key) {
        return Err(malformed("public_key"));
    }
    let device = &request.device;
    text::name(&device.name, NAME_MAX).map_err(|_| malformed("device"))?;
    for part in [&device.name, &device.system, &device.app] {
        text::check_within(part, NAME_MAX).map_err(|_| malformed("device"))?;
    }
    if request.head.seq >= 1 << 53 {
        return Err(malformed("head"));
    }
    if request.succeeds.as_ref().is_some_and(|succeeds| succeeds.store_id == request.store_id) {
        return Err(malformed("succeeds"));
    }
    let signed = claim_text(&ClaimText {
        claim: request.claim_id,
        install: request.install_id,
        store: request.store_id,
        succeeds: request.succeeds.as_ref().map(|succeeds| succeeds.store_id),
        key: &key,
        login: &request.login,
        head_seq: request.head.seq,
        head_chain: request.head.chain,
    });
    let signature = from_base64(&request.sig).ok_or(ClaimError::SignatureInvalid)?;
    verify(&key, &signed, &signature).map_err(|_| ClaimError::SignatureInvalid)?;
    Ok((key, signed))
}

/// Succession: the key of the retired store has signed the same bytes, so neither a password nor a release is needed.
/// Granting the claim checks that the old store still holds the account.
async fn succeeded(
    office: &Office,
    request: &ClaimRequest,
    succeeds: &Succeeds,
    signed: &[u8],
) -> Result<(Org, AccountId), ClaimError> {
    let old = succeeds.store_id;
    let found = office.store.read("find_store", async move |tx: &mut Tx| query::session::store(tx, old).await).await?;
    let old = found.filter(|old| is_of(request, old)).ok_or(ClaimError::SignInAgain)?;
    if old.revoked {
        return Err(ClaimError::StoreRevoked);
    }
    let signature = from_base64(&succeeds.sig).ok_or(ClaimError::SignatureInvalid)?;
    verify(&old.key, signed, &signature).map_err(|_| ClaimError::SignatureInvalid)?;
    Ok((old.org, old.account))
}

/// After a restore: the firm's key has signed that this store claimed the account, and the store's key has signed this
/// request, so no password is needed. Granting the claim compares the epochs.
async fn receipted(
    office: &Office,
    request: &ClaimRequest,
    receipt: &ClaimReceipt,
    key: &PublicKey,
) -> Result<(Org, AccountId), ClaimError> {
    let login = request.login.clone();
    let find = async move |tx: &mut Tx| match query::org::of_login(tx, &login).await? {
        Some((org, account)) => Ok(Some((org, account, query::org::seal(tx, org).await?))),
        None => Ok::<_, StoreError>(None),
    };
    let found = office.store.read("find_login_org", find).await?;
    let (org, account, seal) = found.ok_or(ClaimError::SignInAgain)?;
    let of_this = receipt.account == account
        && receipt.store_id == request.store_id
        && receipt.key_sha256 == key_hash(key)
        && receipt.incarnation != seal.incarnation;
    if !of_this || verify_claim(&seal.public_text(), receipt).is_err() {
        return Err(ClaimError::SignInAgain);
    }
    Ok((org, account))
}
