//! A server in this process, over a firm, on either engine; and phones that speak to it as phones do.
#![expect(clippy::expect_used, reason = "a test without its server must fail, loudly")]

use crate::{
    acts::acts,
    device::Device as FactDevice,
    firm::{Firm, MORNING},
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode},
};
use firebee_domain::id::{AccountId, ClaimId, Hash, IncarnationId, InstallId, StoreId};
use firebee_protocol::{
    act::OfficeAct,
    chain::chain_start,
    encode::{from_base64, to_base64},
    push::INCARNATION_HEADER,
    session::{
        Capabilities, ClaimReply, ClaimRequest, Device, Head, Nonce, RefreshReply, RefreshRequest, ReleaseRequest,
        Succeeds,
    },
    sign::{ClaimText, PublicKey, claim_text, refresh_text, release_text},
};
use firebee_server::{
    blobs::{DiskFiles, Files},
    clock::Clock,
    config::Config,
    password::Passwords,
    router, row, sql,
    state::{App, open_on},
    store::{Store, StoreError, Tx, migrate::migrate, schema},
};
use http_body_util::BodyExt as _;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt as _;
use uuid::Uuid;

/// The password of everybody in the firm.
pub const PASSWORD: &str = "three pumps run";

/// Runs each behaviour on a server of both engines.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            use $crate::{firm::{postgres, sqlite}, house::House};
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(House::open(sqlite().await).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(House::open(postgres().await).await).await;
            }
        }
    )* };
}

/// A server, its firm and its clock.
pub struct House {
    /// The firm.
    pub firm: Firm,
    /// The server's parts.
    pub app: App,
    /// What it answers.
    pub router: Router,
    /// Its clock stands until it is moved.
    pub clock: Clock,
    /// Blobs and key.
    pub data: TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).expect("the body is what it should be")
    }

    /// Status and code of a problem.
    pub fn problem(&self) -> (u16, String) {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        (self.status.as_u16(), body.get("code").and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    /// The detail of a problem.
    pub fn detail(&self) -> Value {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body.get("detail").cloned().unwrap_or_default()
    }

    /// A header as text; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl House {
    /// A server over a firm whose accounts have the logins `lead`, `ma` and `li`.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn open(store: (Store, Option<TempDir>)) -> Self {
        Self::open_with(store, Arc::new(DiskFiles)).await
    }

    /// As [`House::open`], over another file system.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn open_with(store: (Store, Option<TempDir>), files: Arc<dyn Files>) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let config = Config::in_folder(data.path());
        Self::open_as(store, files, data, config).await
    }

    /// As [`House::open`], over another file system, with settings; `data` lives as long as the house.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn open_as(
        store: (Store, Option<TempDir>),
        files: Arc<dyn Files>,
        data: TempDir,
        config: Config,
    ) -> Self {
        let firm = Firm::found(store, 1).await;
        firm.lay_key(data.path());
        let clock = Clock::standing_at(MORNING.plus_ms(7_200_000));
        let app = open_on(firm.store.clone(), files, config, clock.clone()).await;
        let app = app.expect("the server opens");
        let house = Self { router: router(app.clone()), firm, app, clock, data };
        house.let_in().await;
        house
    }

    /// The same server after its process ended: nothing that was only in memory is there.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn restart(&mut self) {
        let config = Config::in_folder(self.data.path());
        let app = open_on(self.firm.store.clone(), Arc::new(DiskFiles), config, self.clock.clone()).await;
        self.app = app.expect("the server opens again");
        self.router = router(self.app.clone());
    }

    async fn let_in(&self) {
        let [ma, li] = self.firm.operators;
        for (account, login) in [(self.firm.lead, "lead"), (ma, "ma"), (li, "li")] {
            self.let_in_as(account, login).await;
        }
    }

    /// Gives an account a login and the password of everybody.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn let_in_as(&self, account: AccountId, login: &'static str) {
        static HASH: OnceCell<String> = OnceCell::const_new();
        let hash = HASH.get_or_init(async || Passwords::default().hash(PASSWORD.into()).await.expect("a hash")).await;
        self.execute(async move |tx: &mut Tx| {
            let point =
                sql!("UPDATE login_org SET login = ?2 WHERE login = (SELECT a.login FROM account a WHERE a.id = ?1)");
            tx.execute(point, &row![&account.0, login]).await?;
            let set = sql!("UPDATE account SET login = ?2, password_hash = ?3 WHERE id = ?1");
            tx.execute(set, &row![&account.0, login, hash]).await
        })
        .await;
    }

    /// Writes what no request can.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn execute<F>(&self, job: F) -> u64
    where
        F: for<'t> firebee_server::store::Job<'t, u64, StoreError> + Clone + Send + 'static,
    {
        self.firm.store.write("test", job).await.expect("it is written")
    }

    /// The acts of this kind that were written down.
    pub async fn acts(&self, kind: &str) -> Vec<OfficeAct> {
        acts(&self.firm.store, kind).await
    }

    /// One number out of the database.
    ///
    /// # Panics
    /// If there is none.
    pub async fn number(&self, sql: firebee_server::store::Sql) -> i64 {
        let read = async move |tx: &mut Tx| tx.query_opt(sql, &[]).await?.map_or(Ok(-1), |row| row.get(0));
        let read: Result<i64, StoreError> = self.firm.store.read("test", read).await;
        read.expect("it is read")
    }

    /// Sends a request from the address 10.1.1.1.
    ///
    /// # Panics
    /// If it cannot be built.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from(request, [10, 1, 1, 1]).await
    }

    /// Sends a request from an address.
    ///
    /// # Panics
    /// Never: the router answers everything.
    pub async fn send_from(&self, request: Request<Body>, address: [u8; 4]) -> Answer {
        ask(self.router.clone(), request, address).await
    }

    /// A request with a JSON body.
    ///
    /// # Panics
    /// If it cannot be built.
    pub fn post(&self, path: &str, body: &impl Serialize) -> Request<Body> {
        let builder = Request::builder().method(Method::POST).uri(path).header("content-type", "application/json");
        let builder = builder.header(INCARNATION_HEADER, self.firm.keys.incarnation.to_string());
        builder.body(Body::from(serde_json::to_vec(body).expect("a body"))).expect("a request")
    }

    /// A fresh nonce.
    pub async fn nonce(&self) -> String {
        self.send(self.post("/v1/session/nonce", &Value::Null)).await.json::<Nonce>().nonce
    }

    /// What the server says of itself.
    ///
    /// # Panics
    /// If it says nothing.
    pub async fn capabilities(&self) -> Capabilities {
        let request = Request::builder().uri("/v1/capabilities").body(Body::empty()).expect("a request");
        self.send(request).await.json()
    }
}

async fn ask(router: Router, mut request: Request<Body>, address: [u8; 4]) -> Answer {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 1))));
    let response = router.oneshot(request).await.expect("the router answers");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("the answer has a body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// Two servers over one PostgreSQL database and one data folder.
pub struct Twins {
    /// The first, with the firm.
    pub house: House,
    /// The second.
    pub other: App,
}

impl Twins {
    /// Opens both.
    ///
    /// # Panics
    /// If one does not open.
    pub async fn open() -> Self {
        Self::open_at(crate::postgres::schema().await).await
    }

    /// Opens both over one database.
    ///
    /// # Panics
    /// If one does not open.
    pub async fn open_at(address: tokio_postgres::Config) -> Self {
        let connect = || Store::postgres(address.clone(), 8).expect("a pool");
        let first = connect();
        migrate(&first, schema::MIGRATIONS).await.expect("the schema is made");
        let house = House::open((first, None)).await;
        let config = Config::in_folder(house.data.path());
        let other = open_on(connect(), Arc::new(DiskFiles), config, house.clock.clone()).await;
        Self { house, other: other.expect("the second server opens") }
    }

    /// What one of them answers: 0 or 1.
    pub fn router(&self, server: usize) -> Router {
        if server == 0 { self.house.router.clone() } else { router(self.other.clone()) }
    }

    /// Sends a request to one of them.
    pub async fn send(&self, server: usize, request: Request<Body>) -> Answer {
        ask(self.router(server), request, [10, 1, 1, 1]).await
    }
}

/// A phone with its key, its store, and what it was given.
#[derive(Clone)]
pub struct Phone {
    /// What it signs in as.
    pub login: String,
    /// And with.
    pub password: String,
    /// Its name.
    pub name: String,
    /// Its store.
    pub store_id: StoreId,
    /// The claim that it makes; durable before it asks.
    pub claim_id: ClaimId,
    /// Where its chain stands.
    pub head: Head,
    /// The answer to its last claim.
    pub reply: Option<ClaimReply>,
    /// Its key.
    pub key: SigningKey,
}

impl Phone {
    /// A phone that nobody has signed in on.
    ///
    /// # Panics
    /// Never.
    pub fn new(login: &str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut secret = [3; 32];
        let (_, tail) = secret.split_at_mut(24);
        tail.copy_from_slice(&number.to_be_bytes());
        let key = SigningKey::from_slice(&secret).expect("a key");
        let store_id = StoreId(v4());
        let mut phone = Self {
            login: login.to_owned(),
            password: PASSWORD.to_owned(),
            name: format!("phone {number}"),
            store_id,
            claim_id: ClaimId(v4()),
            head: Head { seq: 0, chain: Hash([0; 32]) },
            reply: None,
            key,
        };
        phone.head.chain = chain_start(store_id, &phone.public_key());
        phone
    }

    /// Its public key.
    ///
    /// # Panics
    /// Never: the key is uncompressed.
    pub fn public_key(&self) -> PublicKey {
        self.key.verifying_key().to_sec1_point(false).as_bytes().try_into().expect("65 bytes")
    }

    /// A signature of its key.
    pub fn sign(&self, text: &[u8]) -> String {
        let signature: Signature = self.key.sign(text);
        to_base64(&signature.normalize_s().to_bytes())
    }

    /// The claim that it makes; with a predecessor, the password stays empty.
    pub fn claim_request(&self, succeeds: Option<&Self>) -> ClaimRequest {
        let install_id = InstallId(self.store_id.0);
        let key = self.public_key();
        let text = claim_text(&ClaimText {
            claim: self.claim_id,
            install: install_id,
            store: self.store_id,
            succeeds: succeeds.map(|old| old.store_id),
            key: &key,
            login: &self.login,
            head_seq: self.head.seq,
            head_chain: self.head.chain,
        });
        ClaimRequest {
            claim_id: self.claim_id,
            login: self.login.clone(),
            password: if succeeds.is_some() { String::new() } else { self.password.clone() },
            install_id,
            store_id: self.store_id,
            public_key: to_base64(&key),
            device: Device { name: self.name.clone(), system: "Android 14".into(), app: "0.1.0".into() },
            succeeds: succeeds.map(|old| Succeeds { store_id: old.store_id, sig: old.sign(&text) }),
            receipt: None,
            head: self.head,
            sig: self.sign(&text),
        }
    }

    /// Claims, and keeps what it is given.
    pub async fn claim(&mut self, house: &House) -> Answer {
        let mut request = house.post("/v1/session/claim", &self.claim_request(None));
        request.headers_mut().remove(INCARNATION_HEADER);
        let answer = house.send(request).await;
        if answer.status == StatusCode::OK {
            self.reply = Some(answer.json());
        }
        answer
    }

    /// A phone that is signed in.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn signed_in(house: &House, login: &str) -> Self {
        let mut phone = Self::new(login);
        let answer = phone.claim(house).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        phone
    }

    /// Its recording half.
    ///
    /// # Panics
    /// If it is not signed in.
    pub fn device(&self, firm: &Firm) -> FactDevice {
        FactDevice::signed_in(firm, self.account(), self.store_id, self.given().epoch, self.key.clone())
    }

    /// What it was given.
    ///
    /// # Panics
    /// If it was given nothing.
    pub fn given(&self) -> &ClaimReply {
        self.reply.as_ref().expect("it is signed in")
    }

    /// The account that it holds.
    pub fn account(&self) -> AccountId {
        self.given().account
    }

    /// A request with its token.
    pub fn request(&self, house: &House, method: Method, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path);
        let incarnation = self.reply.as_ref().map_or(house.firm.keys.incarnation, |given| given.incarnation);
        let builder = builder.header(INCARNATION_HEADER, incarnation.to_string());
        builder.header("authorization", format!("Bearer {}", self.reply.as_ref().map_or("", |given| &given.access)))
    }

    /// Pulls, which needs everything that a token needs.
    ///
    /// # Panics
    /// Never.
    pub async fn pull(&self, house: &House) -> Answer {
        house.send(self.request(house, Method::GET, "/v1/pull").body(Body::empty()).expect("a request")).await
    }

    /// What a refresh sends, signed with this phone's key.
    ///
    /// # Panics
    /// If the nonce is none.
    pub fn refresh_request(&self, incarnation: IncarnationId, token: &str, nonce: &str) -> RefreshRequest {
        let bytes = from_base64::<32>(nonce).expect("a nonce");
        let sig = self.sign(&refresh_text(incarnation, self.store_id, &bytes, token));
        RefreshRequest { store_id: self.store_id, refresh: token.to_owned(), nonce: nonce.to_owned(), sig }
    }

    /// Refreshes with a fresh nonce, and keeps the access token.
    pub async fn refresh(&mut self, house: &House) -> Answer {
        let nonce = house.nonce().await;
        let request = self.refresh_request(house.firm.keys.incarnation, &self.given().refresh, &nonce);
        let answer = house.send(house.post("/v1/session/refresh", &request)).await;
        if let (StatusCode::OK, Some(given)) = (answer.status, &mut self.reply) {
            given.access = answer.json::<RefreshReply>().access;
        }
        answer
    }

    /// What a release sends.
    ///
    /// # Panics
    /// If the nonce is none.
    pub fn release_request(&self, nonce: &str) -> ReleaseRequest {
        let bytes = from_base64::<32>(nonce).expect("a nonce");
        let sig = self.sign(&release_text(self.store_id, &bytes));
        ReleaseRequest { store_id: self.store_id, nonce: nonce.to_owned(), sig }
    }

    /// Signs out.
    pub async fn release(&self, house: &House) -> Answer {
        let nonce = house.nonce().await;
        house.send(house.post("/v1/session/release", &self.release_request(&nonce))).await
    }
}

/// A version 4 UUID that no other of this process has.
fn v4() -> Uuid {
    firebee_server::random::uuid_v4().expect("random bytes")
}
