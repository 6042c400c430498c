//! Goal 13: four hundred strangers try passwords at once. The server's memory stays small, and who knows the password
//! comes in meanwhile.

use crate::{
    harness::{Bench, Goal},
    ours::{
        estate::{PASSWORD, Size, login},
        server::Server,
    },
};
use firebee_tests::{
    house::Phone,
    http::{Answer, Raw},
};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, sync::Semaphore};

/// Wrong passwords at once, each for a login of its own.
const STRANGERS: usize = 400;
/// Answers that have come when the storm is in its middle.
const MIDDLE: u32 = 20;
/// Where the strangers are when they share an address, and where an honest phone behind the same one is.
const SHARED: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 1);
/// Where an honest phone is that shares its address with nobody.
const OWN: Ipv4Addr = Ipv4Addr::new(127, 2, 0, 1);

/// Both storms, each against a server of its own: all strangers behind one address, and each behind one of its own.
pub fn run(bench: &mut Bench) {
    storm(bench, "one-address", |_| SHARED);
    storm(bench, "many-addresses", |nth| Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 0).to_bits() + nth as u32));
}

fn storm(bench: &mut Bench, kind: &str, at: fn(usize) -> Ipv4Addr) {
    let folder = bench.folder();
    let size = Size { operators: STRANGERS + 3, ..Size::default() };
    let server = Server::of(folder.path(), size);
    let to: SocketAddr = server.url().trim_start_matches("http://").parse().expect("an address");
    let threads = Runtime::new().expect("threads start");
    let name = |what: &str| format!("sign-in-{kind}-{what}");
    let [new, known, elsewhere] = [1, 2, 3].map(|nth| honest(STRANGERS + nth));
    // This phone held its account before, so the server knows it.
    threads.block_on(sign_in(&known, SHARED, to));
    let again = Phone { claim_id: honest(0).claim_id, ..known };
    bench.tell(&name("memory-before"), "MB", server.process().memory_mb().0, 1);
    let took = threads.block_on(async {
        let answered = Arc::new(Semaphore::new(0));
        let strangers: Vec<_> =
            (0..STRANGERS).map(|nth| tokio::spawn(try_in(nth, at(nth), to, answered.clone()))).collect();
        answered.acquire_many(MIDDLE).await.expect("the storm goes on").forget();
        let honest = tokio::join!(sign_in(&again, SHARED, to), sign_in(&new, SHARED, to), sign_in(&elsewhere, OWN, to));
        for stranger in strangers {
            stranger.await.expect("every stranger is answered");
        }
        honest
    });
    let (held, peak) = server.process().memory_mb();
    bench.keep(&name("memory-after"), "MB", held, Goal::AtMost(100.0), 1);
    bench.tell(&name("memory-peak"), "MB", peak, 1);
    let (known, new, elsewhere) = took;
    bench.keep(&name("known-phone"), "ms", ms(known), Goal::AtMost(1_000.0), 1);
    bench.keep(&name("new-phone"), "ms", ms(new), Goal::AtMost(1_000.0), 1);
    bench.keep(&name("new-phone-elsewhere"), "ms", ms(elsewhere), Goal::AtMost(1_000.0), 1);
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn honest(number: usize) -> Phone {
    Phone { password: PASSWORD.to_owned(), ..Phone::new(&login(number)) }
}

fn claim(phone: &Phone) -> Raw {
    let body = serde_json::to_vec(&phone.claim_request(None)).expect("a claim is JSON");
    Raw::new("POST", "/v1/session/claim").body("application/json", body)
}

/// A wrong password, which is never taken.
async fn try_in(nth: usize, from: Ipv4Addr, to: SocketAddr, answered: Arc<Semaphore>) {
    let stranger = Phone { password: format!("wrong password {nth}"), ..Phone::new(&login(nth + 1)) };
    let answer = claim(&stranger).send_from(IpAddr::V4(from), to).await;
    assert!([401, 503].contains(&answer.status), "{answer:?}");
    answered.add_permits(1);
}

/// Signs in, and comes again as told; gives the time until the phone is in.
async fn sign_in(phone: &Phone, from: Ipv4Addr, to: SocketAddr) -> Duration {
    let begun = Instant::now();
    loop {
        let answer = claim(phone).send_from(IpAddr::V4(from), to).await;
        match answer.status {
            200 => return begun.elapsed(),
            503 => wait_as_told(&answer).await,
            other => panic!("{other}: {}", String::from_utf8_lossy(&answer.body)),
        }
    }
}

/// Waits as long as the server asks for.
async fn wait_as_told(answer: &Answer) {
    let told = answer.header("retry-after").and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
    tokio::time::sleep(Duration::from_secs(told)).await;
}
