//! Signing in claims the account for this phone's store. Recording is possible only after the answer.

use super::{
    answer::{Answer, Failure},
    server::{Auth, Server, post},
};
use crate::{
    ids,
    journal::{ChainHead, ClaimState, FormerStore, JournalError, RetireReason, Session, StoreHealth, StoreIdentity},
    ports::{EntropyError, SignerError},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, ClaimId},
};
use firebee_protocol::{
    encode::to_base64,
    problem::CodeWord,
    receipt::verify_claim,
    session::{ClaimReceipt, ClaimReply, ClaimRequest, Device, Head, SignedInElsewhere, Succeeds},
    sign::{ClaimText, claim_text, key_hash},
};

/// What a person signs in with.
#[derive(Clone)]
pub(super) struct SignIn {
    /// The login account.
    pub(super) login: String,
    /// What shows that the account is theirs.
    pub(super) proof: Proof,
    /// The description of this phone that a second phone would show.
    pub(super) device: Device,
}

/// What opens an account.
#[derive(Clone)]
pub(super) enum Proof {
    /// The password as typed; kept nowhere.
    Password(String),
    /// The receipt of an earlier claim, after the server was restored.
    Receipt(Box<ClaimReceipt>),
    /// The key of the store before this one.
    Succession(FormerStore),
}

/// The account is this phone's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The fencing token.
    pub epoch: u64,
}

/// Why the sign-in failed. It may always be repeated: a repeat is the same claim.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// another phone holds the account. The error says which, when the server last heard it, and how much it had
    /// not sent.
    #[error("the account is signed in on another phone")]
    Elsewhere(SignedInElsewhere),
    /// The server refused, or could not be reached.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The answer is not signed by the server that this phone knows, or is for another claim.
    #[error("the server's answer does not hold")]
    ServerUnverified,
    /// This phone's journal belongs to another account.
    #[error("the journal belongs to another account")]
    OtherAccount,
    /// The store must not push any more: its key is gone, its journal was copied or restored, or the server knows other
    /// facts of it.
    #[error("the store is retired")]
    Retired {
        /// Why.
        reason: RetireReason,
    },
    /// No random bytes for the claim's id.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The key cannot sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl SignInError {
    /// The stable code of this error.
    pub fn code(&self) -> CodeWord {
        match self {
            Self::Elsewhere(_) => Code::SignedInElsewhere.into(),
            Self::Failed(failure) => failure.code.clone(),
            Self::ServerUnverified => Code::ServerUnverified.into(),
            Self::OtherAccount => Code::StoreOfOtherAccount.into(),
            Self::Retired { reason } => reason.code().into(),
            Self::Entropy(error) => error.code().into(),
            Self::Signer(error) => error.code().into(),
            Self::Journal(error) => error.code().into(),
        }
    }
}

/// Claims the account. A call whose answer was lost is repeated with the same claim, which gives the same.
///
/// # Errors
/// As [`SignInError`]; what was signed in before stays so.
pub(super) async fn sign_in(server: &Server, input: &SignIn) -> Result<SignedIn, SignInError> {
    if let StoreHealth::Retired(reason) = server.core.journal.health() {
        return Err(SignInError::Retired { reason });
    }
    let session = prepare(server, &input.login, false)?;
    match claim(server, input, &session).await {
        // This claim was granted, and the phone has lost the account since. The claim gets a new id and is tried once
        // more.
        Err(SignInError::Failed(failure)) if failure.code == Code::ClaimSpent => {
            let session = prepare(server, &input.login, true)?;
            claim(server, input, &session).await
        }
        claimed => claimed,
    }
}

/// Stores the claim before it is sent, or finds a stored claim whose answer was lost.
pub(super) fn prepare(server: &Server, login: &str, anew: bool) -> Result<Session, SignInError> {
    let fresh = ClaimId(ids::random_v4(&*server.core.ports.entropy)?);
    server.core.journal.write("sign_in", |tx| {
        let held = tx.session()?;
        let asked = held.as_ref().filter(|held| held.login == login && held.state != ClaimState::Released && !anew);
        if let Some(asked) = asked {
            return Ok(asked.clone());
        }
        if held.as_ref().is_some_and(|held| held.account.is_some() && held.login != login) {
            return Err(SignInError::OtherAccount);
        }
        // The known account and server stay, and a working session is kept until the answer arrives.
        let mut session = held.unwrap_or_else(|| nobody(fresh, login));
        session.claim_id = fresh;
        login.clone_into(&mut session.login);
        if session.state == ClaimState::Released {
            session.state = ClaimState::Asking;
        }
        tx.put_session(&session)?;
        Ok(session)
    })
}

fn nobody(claim_id: ClaimId, login: &str) -> Session {
    Session {
        state: ClaimState::Asking,
        claim_id,
        login: login.to_owned(),
        account: None,
        epoch: 0,
        incarnation: None,
        server_key: None,
        claim_receipt: None,
        access: None,
        refresh: None,
        late: None,
        recipient: None,
    }
}

pub(super) async fn claim(server: &Server, input: &SignIn, session: &Session) -> Result<SignedIn, SignInError> {
    let identity = server.core.journal.identity();
    let head = server.core.journal.read::<_, JournalError>("sign_in", |rows| rows.head(identity))?;
    let request = request(server, input, session, head)?;
    let answer = match server.send(post("/v1/session/claim", &request)?, Auth::Stranger).await {
        Ok(answer) => answer,
        Err(failure) if failure.code == Code::SignedInElsewhere => {
            let told = failure.detail::<SignedInElsewhere>();
            return Err(told.map_or(SignInError::Failed(failure), SignInError::Elsewhere));
        }
        // Another store has taken over from this one, so a copy of the journal is about.
        Err(failure) if failure.code == Code::StoreMismatch => {
            server.core.journal.retire(RetireReason::Diverged)?;
            return Err(SignInError::Retired { reason: RetireReason::Diverged });
        }
        Err(failure) => return Err(failure.into()),
    };
    let reply: ClaimReply = answer.json()?;
    verify(identity, session, &input.proof, &reply)?;
    let kept = keep(server, session.claim_id, &reply, &answer);
    if let Err(SignInError::Retired { reason }) = &kept {
        server.core.journal.retire(*reason)?;
    }
    kept
}

fn request(server: &Server, input: &SignIn, session: &Session, head: ChainHead) -> Result<ClaimRequest, SignInError> {
    let (identity, signer) = (server.core.journal.identity(), &server.core.ports.signer);
    let former = match &input.proof {
        Proof::Succession(former) => Some(former),
        Proof::Password(_) | Proof::Receipt(_) => None,
    };
    let text = claim_text(&ClaimText {
        claim: session.claim_id,
        install: identity.install_id,
        store: identity.store_id,
        succeeds: former.map(|former| former.store_id),
        key: &identity.public_key,
        login: &input.login,
        head_seq: head.seq,
        head_chain: head.chain,
    });
    let sig = to_base64(&signer.sign(&identity.key_alias, &text)?);
    let by_former = |former: &FormerStore| {
        let sig = to_base64(&signer.sign(&former.key_alias, &text)?);
        Ok::<_, SignerError>(Succeeds { store_id: former.store_id, sig })
    };
    let succeeds = former.map(by_former).transpose()?;
    let (password, receipt) = match &input.proof {
        Proof::Password(password) => (password.clone(), None),
        Proof::Receipt(receipt) => (String::new(), Some((**receipt).clone())),
        Proof::Succession(_) => (String::new(), None),
    };
    Ok(ClaimRequest {
        claim_id: session.claim_id,
        login: input.login.clone(),
        password,
        install_id: identity.install_id,
        store_id: identity.store_id,
        public_key: to_base64(&identity.public_key),
        device: input.device.clone(),
        succeeds,
        receipt,
        head: Head { seq: head.seq, chain: head.chain },
        sig,
    })
}

/// The claim receipt must hold under the pinned key and be of this very claim; the first claim pins the key. A firm that
/// lost its key goes on under another key and incarnation: a user who types the password then pins that key.
fn verify(identity: &StoreIdentity, session: &Session, proof: &Proof, reply: &ClaimReply) -> Result<(), SignInError> {
    let anew = matches!(proof, Proof::Password(_)) && session.incarnation.is_some_and(|held| held != reply.incarnation);
    let pinned = session.server_key.as_deref().filter(|_| !anew).unwrap_or(&reply.server_key);
    let receipt = &reply.claim_receipt;
    let ours = receipt.store_id == identity.store_id
        && receipt.key_sha256 == key_hash(&identity.public_key)
        && receipt.account == reply.account
        && receipt.epoch == reply.epoch
        && receipt.incarnation == reply.incarnation
        && reply.server_key == pinned;
    if !ours || verify_claim(pinned, receipt).is_err() {
        return Err(SignInError::ServerUnverified);
    }
    if session.account.is_some_and(|account| account != reply.account) {
        return Err(SignInError::OtherAccount);
    }
    Ok(())
}

fn keep(server: &Server, claim_id: ClaimId, reply: &ClaimReply, answer: &Answer) -> Result<SignedIn, SignInError> {
    let identity = server.core.journal.identity();
    let receipt = serde_json::to_string(&reply.claim_receipt).map_err(|_| SignInError::ServerUnverified)?;
    let met = answer.meeting(reply.server_ms);
    let known = server.core.journal.read::<_, JournalError>("signed_in", |rows| rows.session())?;
    if known.and_then(|session| session.incarnation).is_some_and(|incarnation| incarnation != reply.incarnation) {
        // The server's data changed, so all documents are pulled again. The screens keep the old ones until the
        // snapshot is complete.
        server.core.cache.begin_snapshot().map_err(Failure::from)?;
    }
    server.core.journal.write("signed_in", |tx| {
        match tx.chain_at(identity, reply.watermark)? {
            Some(chain) if chain == reply.chain => {}
            Some(_) => return Err(SignInError::Retired { reason: RetireReason::Diverged }),
            None => return Err(SignInError::Retired { reason: RetireReason::RolledBack }),
        }
        let held = tx.session()?.filter(|held| held.claim_id == claim_id);
        let held = held.ok_or_else(|| Failure::of(Code::ClaimSpent))?;
        if held.incarnation.is_some_and(|incarnation| incarnation != reply.incarnation) {
            // The server was restored from a backup. Facts that it acknowledged after that backup are sent again.
            tx.lower_marks(reply.watermark)?;
            tx.forget_blobs()?;
        }
        tx.put_session(&Session {
            state: ClaimState::SignedIn,
            account: Some(reply.account),
            epoch: reply.epoch,
            incarnation: Some(reply.incarnation),
            server_key: Some(reply.server_key.clone()),
            claim_receipt: Some(receipt.clone()),
            access: Some(reply.access.clone()),
            refresh: Some(reply.refresh.clone()),
            late: None,
            recipient: reply.recipient.clone(),
            ..held
        })?;
        met.as_ref().map_or(Ok(()), |met| tx.put_meeting(met))?;
        Ok(SignedIn { account: reply.account, epoch: reply.epoch })
    })
}
