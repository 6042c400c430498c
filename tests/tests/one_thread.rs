//! Phone and server as they ship, on one thread, in a time that passes only when a test lets it: as a simulation runs
//! them.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use axum::{
    Router,
    body::Body as Content,
    extract::ConnectInfo,
    http::{Request as Asked, header::HeaderName},
};
use firebee_client::{
    Client, ClientConfig,
    ports::{Body, BoxFuture, Ports, Request, Response, SoftwareSigner, SystemEntropy, Transport, TransportError},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::StartTask,
    },
};
use firebee_domain::evidence::PhotoRole;
use firebee_protocol::session::Device;
use firebee_server::{
    clock::Clock,
    config::{Config, PasswordCost},
    router, sql,
    state::open_on,
    store::{SqliteOptions, Store},
};
use firebee_tests::{
    clock::RunningClock,
    firm::{Firm, MORNING},
    lossy::Disk,
    picture,
    recorded::untestable,
    served::{PASSWORD, count, open_for_years},
};
use http_body_util::BodyExt;
use std::{
    io::{Read, Seek, SeekFrom},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::Instant;
use tower::ServiceExt;

/// The way to a server in this process.
struct Inside(Router);

impl Transport for Inside {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let method: &'static str = request.method.into();
            let mut asked = Asked::builder().method(method).uri(request.path);
            for (name, value) in request.headers {
                asked = asked.header(name.parse::<HeaderName>().unwrap(), value);
            }
            let bytes = bytes_of(request.body);
            let asked = asked.header("content-length", bytes.len());
            let mut asked = asked.body(Content::from(bytes)).unwrap();
            asked.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
            let (head, body) = self.0.clone().oneshot(asked).await.unwrap().into_parts();
            let header = |(name, value): (&HeaderName, &axum::http::HeaderValue)| {
                (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
            };
            let headers = head.headers.iter().map(header).collect();
            Ok(Response { status: head.status.as_u16(), headers, body: body.collect().await.unwrap().to_bytes() })
        })
    }
}

fn bytes_of(body: Body) -> Vec<u8> {
    match body {
        Body::Empty => Vec::new(),
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::File { path, from, len } => {
            let mut file = std::fs::File::open(path).unwrap();
            file.seek(SeekFrom::Start(from)).unwrap();
            let mut bytes = Vec::new();
            file.take(len).read_to_end(&mut bytes).unwrap();
            bytes
        }
    }
}

/// A folder whose unsynced bytes a power cut takes.
fn machine() -> (TempDir, Disk) {
    let folder = TempDir::new().unwrap();
    let disk = Disk::watching(folder.path()).unwrap();
    let began = Instant::now();
    disk.set_clock(Arc::new(move || MORNING.plus_ms(i64::try_from(began.elapsed().as_millis()).unwrap()).0));
    (folder, disk)
}

async fn server(disk: &Disk) -> (Firm, Router) {
    let options = SqliteOptions { readers: 2, vfs: Some(disk.vfs().to_owned()) };
    let store = Store::sqlite_on(&disk.root().join("firebee.db"), &options).unwrap();
    let config = Config { password_cost: PasswordCost::LEAST, ..Config::in_folder(disk.root()) };
    let clock = Clock::running_from(MORNING.plus_ms(7_200_000));
    let app = open_on(store, disk.uploads(), config, clock).await.unwrap();
    let firm = Firm::found((app.store.clone(), None), 1).await;
    firm.lay_key(disk.root());
    open_for_years(&firm).await;
    (firm, router(app))
}

async fn phone(disk: &Disk, keys: &TempDir, router: Router) -> Client {
    let (entropy, url) = (Arc::new(SystemEntropy), "http://inside");
    let ports = Ports {
        clock: Arc::new(RunningClock::at(MORNING.plus_ms(7_200_000).0)),
        transport: Arc::new(Inside(router)),
        signer: Arc::new(SoftwareSigner::open(keys.path(), entropy.clone()).unwrap()),
        entropy,
    };
    let device = Device { name: "Pixel 6a".into(), system: "Android 14".into(), app: "0.1.0".into() };
    let config = ClientConfig {
        reserve_bytes: 4_096,
        journal_vfs: Some(disk.vfs().to_owned()),
        files: disk.files(),
        ..ClientConfig::new(disk.root(), url, device)
    };
    Client::open(config, ports).await.unwrap()
}

/// Signing in, recording, a photo and a round of sync: no work runs past the runtime, so no timer fires and no time
/// passes. What the phone was told is then on the server's disk, and what it recorded on its own.
#[tokio::test(start_paused = true)]
async fn a_phone_and_a_server_run_on_one_thread_and_no_time_passes() {
    let _server = firebee_server::blocking::inline_on_this_thread(|| 1);
    let _phone = firebee_client::blocking::inline_on_this_thread(|| 2);
    let began = Instant::now();
    let ((_data, server_disk), (_home, phone_disk), keys) = (machine(), machine(), TempDir::new().unwrap());
    let (firm, router) = server(&server_disk).await;
    let client = phone(&phone_disk, &keys, router.clone()).await;
    client.session().sign_in(&firm.operators.first().unwrap().to_string(), PASSWORD).await.unwrap();
    client.sync().now().await.unwrap();
    let plan = client.projects().issued(None).unwrap().remove(0);
    let items: Vec<_> = plan.items.iter().map(|item| item.item).collect();
    let item = *items.first().unwrap();
    let task = client.tasks().start(&StartTask { plan: plan.plan, items, location_allowed: true }).unwrap();
    tokio::time::advance(Duration::from_secs(60)).await;
    client.tasks().record_result(&untestable(task, item)).unwrap();
    let source = PhotoSource::Bytes(picture::jpeg(1, 3_000_000));
    let photo = TakePhoto { task, role: PhotoRole::Evidence, item: Some(item), ordinal: Some(1), source };
    client.evidence().take_photo(&photo).unwrap();
    client.sync().now().await.unwrap();
    let seen = client.progress().overview().unwrap();
    assert_eq!((seen.facts.pending, seen.facts.sent, seen.blobs_unsent), (0, 0, 0), "{seen:?}");
    let facts = i64::try_from(seen.facts.total()).unwrap();
    assert_eq!(count(&firm.store, sql!("SELECT count(*) FROM fact")).await, facts);
    assert_eq!(began.elapsed(), Duration::from_secs(60), "no more time passed than the test let pass");
    drop(client);
    server_disk.power_off();
    phone_disk.power_off();
    for (image, database) in [(server_disk.cut(), "firebee.db"), (phone_disk.cut(), "journal.db")] {
        let folder = TempDir::new().unwrap();
        image.restore(folder.path()).unwrap();
        let kept = rusqlite::Connection::open(folder.path().join(database)).unwrap();
        let kept: i64 = kept.query_row("SELECT count(*) FROM fact", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, facts, "{database}");
    }
}
