//! Who is signed in with this journal.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{to_i64, to_u64, uuid, uuid_opt, word},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, ClaimId, IncarnationId},
};
use firebee_protocol::problem::CodeWord;
use rusqlite::params;
use strum::{EnumString, IntoStaticStr};

/// How far the claim of the account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ClaimState {
    /// The phone has asked for the account. The answer may be lost, so the phone asks again with the same claim id.
    Asking,
    /// Granted: this phone records.
    SignedIn,
    /// Signed out.
    Released,
}

/// The session as the journal stores it. Its tokens are useless without the store's key.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// How far the claim is.
    pub state: ClaimState,
    /// The claim, durable before it was asked for.
    pub claim_id: ClaimId,
    /// As typed.
    pub login: String,
    /// The account; `None` before the first answer, then the same for ever.
    pub account: Option<AccountId>,
    /// The fencing token.
    pub epoch: u64,
    /// The incarnation of the server's data.
    pub incarnation: Option<IncarnationId>,
    /// The pinned server key, base64url.
    pub server_key: Option<String>,
    /// The claim receipt's JSON text.
    pub claim_receipt: Option<String>,
    /// The access token.
    pub access: Option<String>,
    /// The refresh token.
    pub refresh: Option<String>,
    /// Why the account was taken from this phone; `None` while the phone holds it. Then the phone sends what it has and
    /// does nothing else.
    pub late: Option<CodeWord>,
    /// The key for which an export file is sealed, base64url.
    pub recipient: Option<String>,
}

impl Session {
    /// The code of [`Session::late`].
    pub fn lost(&self) -> Option<Code> {
        self.late.as_ref().map(|word| word.known().unwrap_or(Code::Fenced))
    }
}

impl JournalRows<'_> {
    /// The session; `None` before the first sign-in.
    pub fn session(&self) -> Result<Option<Session>, JournalError> {
        let sql = "SELECT state, claim_id, login, account, epoch, incarnation, server_key, claim_receipt, access, refresh, \
             late, recipient FROM session";
        self.one(sql, [], |row| {
            Ok(Session {
                state: word(row, 0, ClaimState::Asking)?,
                claim_id: ClaimId(uuid(row, 1)?),
                login: row.get(2)?,
                account: uuid_opt(row, 3)?.map(AccountId),
                epoch: to_u64(row.get(4)?),
                incarnation: uuid_opt(row, 5)?.map(IncarnationId),
                server_key: row.get(6)?,
                claim_receipt: row.get(7)?,
                access: row.get(8)?,
                refresh: row.get(9)?,
                late: row.get::<_, Option<String>>(10)?.map(CodeWord::from),
                recipient: row.get(11)?,
            })
        })
    }
}

impl JournalTx<'_> {
    /// Stores the session. A journal always belongs to the same account.
    pub fn put_session(&self, session: &Session) -> Result<(), JournalError> {
        let held = self.session()?.and_then(|held| held.account);
        if held.is_some() && session.account != held {
            return Err(JournalError::OtherAccount);
        }
        self.execute(
            "INSERT OR REPLACE INTO session (one, state, claim_id, login, account, epoch, incarnation, server_key, \
             claim_receipt, access, refresh, late, recipient) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                <&str>::from(session.state),
                session.claim_id.0.as_bytes(),
                session.login,
                session.account.map(|id| *id.0.as_bytes()),
                to_i64(session.epoch),
                session.incarnation.map(|id| *id.0.as_bytes()),
                session.server_key,
                session.claim_receipt,
                session.access,
                session.refresh,
                session.late.as_ref().map(CodeWord::as_str),
                session.recipient,
            ],
        )
        .map(drop)
    }
}
