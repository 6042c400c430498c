//! A new access token for the refresh token and the device's signature over a nonce: a stolen token alone is worthless.

use super::nonce;
use crate::{
    device::{
        Token, TokenKind,
        token::{ACCESS_MS, REFRESH_MS},
    },
    office::Office,
    org::Org,
    row, sql,
    store::{StoreError, StoreState, Tx, stored},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, ClaimId, IncarnationId, StoreId},
    session::Standing,
    time::Timestamp,
};
use firebee_protocol::{
    encode::from_base64,
    problem::CodeWord,
    session::{RefreshReply, RefreshRequest},
    sign::{PublicKey, refresh_text, verify},
};

/// Why there is no new access token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The token is unknown, ended or another store's, or the signature does not hold.
    #[error("the refresh token does not open anything for this device")]
    SignInAgain,
    /// The nonce was used, expired, or never given.
    #[error("the nonce is not good any more")]
    NonceSpent,
    /// An administrator dropped the store's key.
    #[error("the store was revoked")]
    StoreRevoked,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RefreshError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::SignInAgain => Code::SignInAgain,
            Self::NonceSpent => Code::NonceSpent,
            Self::StoreRevoked => Code::StoreRevoked,
            Self::Store(error) => error.code(),
        }
    }
}

/// A refresh token and what it hangs on.
struct Found {
    org: Org,
    incarnation: IncarnationId,
    account: AccountId,
    epoch: u64,
    claim: ClaimId,
    key: PublicKey,
    revoked: bool,
    enabled: bool,
    /// Whether the store still holds the account in this epoch.
    holds: bool,
}

/// Mints an access token; the refresh token stays and holds for another 400 days. A phone that lost its account gets a
/// late token, which opens only the way for what it has recorded.
///
/// # Errors
/// See [`RefreshError`].
pub async fn refresh(office: &Office, request: &RefreshRequest) -> Result<RefreshReply, RefreshError> {
    let (now, store) = (office.clock.now(), request.store_id);
    let token = Token::parse(TokenKind::Refresh, &request.refresh).ok_or(RefreshError::SignInAgain)?;
    let nonce = from_base64::<32>(&request.nonce).ok_or(RefreshError::NonceSpent)?;
    let signature = from_base64(&request.sig).ok_or(RefreshError::SignInAgain)?;
    let searched = token.clone();
    let found = office.store.read("find_refresh", async move |tx: &mut Tx| find(tx, &searched, store, now).await);
    let found = found.await?.ok_or(RefreshError::SignInAgain)?;
    let signed = refresh_text(found.incarnation, store, &nonce, token.text());
    verify(&found.key, &signed, &signature).map_err(|_| RefreshError::SignInAgain)?;
    if found.revoked {
        return Err(RefreshError::StoreRevoked);
    }
    let late = Standing::of(found.holds, found.enabled).late();
    let access = Token::mint(TokenKind::Access).map_err(|error| StoreError::Lost(error.to_string()))?;
    let reply = RefreshReply {
        access: access.text().to_owned(),
        epoch: found.epoch,
        server_ms: now,
        late: late.map(CodeWord::from),
    };
    let (org, account, claim, epoch) = (found.org, found.account, found.claim, stored(found.epoch)?);
    let job = async move |tx: &mut Tx| {
        if !nonce::spend(tx, &nonce, now).await? {
            return Err(RefreshError::NonceSpent);
        }
        let slide = sql!("UPDATE token SET expires_ms = ?2 WHERE hash = ?1");
        if tx.execute(slide, &row![token.hash(), now.plus_ms(REFRESH_MS)]).await? == 0 {
            return Err(RefreshError::SignInAgain);
        }
        let sweep = sql!("DELETE FROM token WHERE org = ?1 AND store_id = ?2 AND expires_ms <= ?3");
        tx.execute(sweep, &row![org, &store, now]).await?;
        let insert = sql!(
            "INSERT INTO token(hash, org, kind, account, store_id, epoch, claim_id, expires_ms, late)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        );
        let (kind, expires) = (TokenKind::Access, now.plus_ms(ACCESS_MS));
        let values = row![access.hash(), org, kind, &account, &store, epoch, &claim, expires, late.is_some()];
        tx.execute(insert, &values).await?;
        let seen = sql!("UPDATE device_store SET last_seen_ms = ?3 WHERE org = ?1 AND store_id = ?2");
        tx.execute(seen, &row![org, &store, now]).await?;
        Ok(())
    };
    office.store.write("refresh_session", job).await?;
    Ok(reply)
}

async fn find(tx: &mut Tx, token: &Token, store: StoreId, now: Timestamp) -> Result<Option<Found>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, t.account, t.epoch, t.claim_id, d.public_key, d.state, a.enabled, s.epoch, s.store_id,
             o.incarnation
         FROM token t JOIN organisation o ON o.org = t.org
             JOIN device_store d ON d.org = t.org AND d.store_id = t.store_id
             JOIN account a ON a.org = t.org AND a.id = t.account JOIN session s ON s.org = t.org AND s.account = t.account
         WHERE t.hash = ?1 AND t.kind = ?2 AND t.store_id = ?3 AND t.expires_ms > ?4"
    );
    let values = row![token.hash(), TokenKind::Refresh, &store, now];
    let Some(row) = tx.query_opt(find, &values).await? else { return Ok(None) };
    let epoch = row.get(3)?;
    Ok(Some(Found {
        org: row.org(0)?,
        incarnation: row.get(10)?,
        account: row.get(2)?,
        epoch,
        claim: row.get(4)?,
        key: row.get(5)?,
        revoked: row.get::<StoreState>(6)? == StoreState::Revoked,
        enabled: row.get(7)?,
        holds: row.get::<Option<StoreId>>(9)? == Some(store) && row.get::<u64>(8)? == epoch,
    }))
}
