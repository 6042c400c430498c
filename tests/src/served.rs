//! The real server with a firm in it, in this process, reached over TCP.
#![expect(clippy::expect_used, reason = "a test without its server must fail, loudly")]

use crate::{
    device::{Device, Sign},
    firm::{Firm, MORNING, registered},
    http::{Answer, Raw},
    kept::rewrite,
};
use firebee_domain::{
    account::Category,
    id::{AccountId, PersonId},
    time::Timestamp,
};
use firebee_protocol::{
    document::{SessionDocument, kind},
    push::{INCARNATION_HEADER, PushReply},
};
use firebee_server::{
    accept::Encoding,
    blobs::{DiskFiles, Files},
    clock::Clock,
    config::Config,
    device::{Token, TokenKind},
    feed::{Publication, lock, publish},
    password::Passwords,
    router, row, sql,
    state::{App, open_on},
    store::{Sql, SqliteOptions, Store, StoreError, Tx},
};
use std::{net::SocketAddr, sync::Arc};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// What every account of a served firm signs in with; its login is its id.
pub const PASSWORD: &str = "correct horse battery";

/// A server with a firm, on a folder that lives as long as this.
pub struct Served {
    /// The firm.
    pub firm: Firm,
    /// The server's parts.
    pub app: App,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its folder.
    pub folder: TempDir,
    listener: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Served {
    /// Starts a server whose clock stands two hours after the firm was made.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::start_in(folder, Arc::new(DiskFiles), None).await
    }

    /// As [`Served::start`], by other settings.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_set(set: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::start_as(folder, Arc::new(DiskFiles), None, set).await
    }

    /// As [`Served::start`], over another file layer for blobs and another VFS for the database.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_in(folder: TempDir, files: Arc<dyn Files>, vfs: Option<String>) -> Self {
        Self::start_as(folder, files, vfs, |_| ()).await
    }

    async fn start_as(
        folder: TempDir,
        files: Arc<dyn Files>,
        vfs: Option<String>,
        set: impl FnOnce(&mut Config),
    ) -> Self {
        let clock = Clock::standing_at(MORNING.plus_ms(2 * 3_600_000));
        let data = folder.path().canonicalize().expect("the folder");
        let options = SqliteOptions { readers: 2, vfs };
        let store = Store::sqlite_on(&data.join("firebee.db"), &options).expect("SQLite opens");
        let mut config = Config::in_folder(data);
        set(&mut config);
        let app = open_on(store, files, config, clock).await.expect("the server opens");
        let firm = Firm::found((app.store.clone(), None), 1).await;
        firm.lay_key(folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let listener = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
        Self { firm, app, address, folder, listener }
    }

    /// Another firm on the same server.
    pub async fn another_firm(&self) -> Firm {
        let firm = Firm::found((self.firm.store.clone(), None), 2).await;
        firm.lay_key(self.folder.path());
        firm
    }

    /// A signed-in device of a firm on this server, and its access token.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn device(&self, firm: &Firm, account: AccountId, number: u8) -> (Device, String) {
        let device = Device::claim(firm, account, number).await;
        let token = Token::mint(TokenKind::Access).expect("random bytes");
        let (org, epoch) = (device.org, i64::try_from(device.epoch).expect("small"));
        let (hash, store_id) = (*token.hash(), device.store_id);
        let insert = async move |tx: &mut Tx| {
            let insert = sql!(
                "INSERT INTO token(hash, org, kind, account, store_id, epoch, claim_id, expires_ms)
                 VALUES (?1, ?2, 'access', ?3, ?4, ?5, ?4, ?6)"
            );
            let expires: Timestamp = MORNING.plus_ms(400 * 86_400_000);
            tx.execute(insert, &row![&hash, org, &account.0, &store_id.0, epoch, expires.0]).await.map(drop)
        };
        firm.store.write::<_, StoreError, _>("token", insert).await.expect("the token is written");
        (device, token.text().to_owned())
    }

    /// A request with a token of the firm and the incarnation.
    pub fn request(&self, token: &str, method: &str, path: &str) -> Raw {
        Self::request_of(&self.firm, token, method, path)
    }

    /// As [`Served::request`], for another firm.
    pub fn request_of(firm: &Firm, token: &str, method: &str, path: &str) -> Raw {
        Raw::new(method, path)
            .with("Authorization", &format!("Bearer {token}"))
            .with(INCARNATION_HEADER, &firm.keys.incarnation.to_string())
    }

    /// Pushes everything that the device recorded, signed.
    pub async fn push(&self, device: &Device, token: &str) -> Answer {
        self.push_of(&self.firm, device, token).await
    }

    /// As [`Served::push`], for another firm.
    pub async fn push_of(&self, firm: &Firm, device: &Device, token: &str) -> Answer {
        let request = device.request(1, device.head(), Sign::Right);
        assert_eq!(request.encoding, Encoding::Zstd, "devices pack what they push");
        let raw = Self::request_of(firm, token, "POST", "/v1/push").with("Content-Encoding", "zstd");
        raw.body("application/x-ndjson", request.body.to_vec()).send(self.address).await
    }

    /// One number out of the database.
    pub async fn count(&self, sql: Sql) -> i64 {
        count(&self.firm.store, sql).await
    }
}

/// What the server said yes to.
///
/// # Panics
/// If it said anything else.
pub fn taken(answer: &Answer) -> PushReply {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).expect("a reply")
}

/// One number out of a database.
///
/// # Panics
/// If there is none.
pub async fn count(store: &Store, sql: Sql) -> i64 {
    let read = async move |tx: &mut Tx| tx.query_opt(sql, &[]).await?.map_or(Ok(-1), |row| row.get(0));
    store.read::<_, StoreError, _>("count", read).await.expect("a number")
}

/// Makes a firm whose accounts sign in with [`PASSWORD`] and whose deadlines are years away: for phones and servers
/// that run on the machine's clock.
///
/// # Panics
/// If the database refuses.
pub async fn open_for_years(firm: &Firm) {
    let hash = Passwords::default().hash(PASSWORD.to_owned()).await.expect("a hash");
    let org = firm.org;
    let session = |account: AccountId, category: Category| {
        let name = account.to_string();
        let document = SessionDocument {
            account,
            organisation: firm.org.id(),
            organisation_name: "firm".into(),
            name: name.clone(),
            person: PersonId(account.0),
            category,
            registrations: if category == Category::ProjectLead { vec![registered()] } else { vec![] },
            track: None,
        };
        let body = Some(serde_json::to_string(&document).expect("a body is JSON"));
        Publication { kind: kind::SESSION, id: name, body, to: vec![account] }
    };
    let mut sessions = vec![session(firm.lead, Category::ProjectLead)];
    sessions.extend(firm.operators.map(|account| session(account, Category::FieldOperator)));
    let write = async move |tx: &mut Tx| {
        lock(tx, org, &sessions.iter().flat_map(|new| new.to.clone()).collect()).await?;
        publish(tx, org, sessions).await?;
        let let_in = sql!("UPDATE account SET password_hash = ?1 WHERE org = ?2");
        tx.execute(let_in, &row![&hash, org]).await?;
        rewrite(tx, kind::ASSIGNMENT, "2026-11-30", "2099-11-30").await?;
        rewrite(tx, kind::PROJECT, "2027-12-31", "2099-12-31").await?;
        for later in [
            sql!("UPDATE assignment_revision SET body = replace(body, '2026-11-30', '2099-11-30')"),
            sql!("UPDATE project SET body = replace(body, '2027-12-31', '2099-12-31')"),
        ] {
            tx.execute(later, &[]).await?;
        }
        Ok::<_, StoreError>(())
    };
    firm.store.write("open_for_years", write).await.expect("the firm is written");
}
