//! Golden vectors: what the protocol's bytes are, for ever. `tests/vectors/check.py` recomputes them without this code.
//!
//! `UPDATE_VECTORS=1 cargo test -p firebee-tests --test vectors` writes them again: a change of a file is a change of
//! the protocol.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails here")]

use ed25519_dalek::SigningKey as ServerKey;
use firebee_domain::{
    dispatch::dispatch_id,
    fault::fault_id,
    id::{
        AccountId, BootId, ClaimId, EventId, FactId, Hash, IncarnationId, InstallId, OrganisationId, PlanItemId,
        ProjectId, RequestId, StoreId, TaskId,
    },
    result::ResultKey,
    submission::{Manifest, manifest_hash},
    time::Timestamp,
    track::{Cause, Fix, Hole, Provider, Segment},
};
use firebee_protocol::{
    act::{ACT_VERSION, OfficeAct, office_next, office_start, office_text, sign_act},
    chain::{ChainPoint, chain_next, chain_start, content_hash, scope_hash},
    cursor::Cursor,
    digest::FeedDigest,
    encode::to_base64,
    receipt::{Granted, Received, claim_receipt_text, receipt_text, sign_claim, sign_receipt},
    sign::{ClaimText, claim_text, head_text, key_hash, open_text, refresh_text, release_text},
    stamp::{sign_stamp, stamp_text},
    track,
};
use p256::ecdsa::{Signature, SigningKey as DeviceKey, signature::Signer};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};
use uuid::Uuid;

const LINES: [&str; 3] = [
    r#"{"project":"01890a5d-ac96-774b-bcce-b302099a8057","id":"01890a5d-ac96-7001-8000-000000000001","kind":"device.note","v":1}"#,
    r#"{"project":null,"id":"01890a5d-ac96-7002-8000-000000000002","kind":"device.note","v":1,"body":{"text":"消防泵"}}"#,
    r#"{"project":"01890a5d-ac96-774b-bcce-b302099a8057","id":"01890a5d-ac96-7003-8000-000000000003"}"#,
];

fn uuid(text: &str) -> Uuid {
    text.parse().unwrap()
}
fn project() -> ProjectId {
    ProjectId(uuid("01890a5d-ac96-774b-bcce-b302099a8057"))
}
fn store() -> StoreId {
    StoreId(uuid("6f1c1b4e-7c2e-4d0a-9a55-0d9a4f5b8f10"))
}
fn incarnation() -> IncarnationId {
    IncarnationId(uuid("2b7e1516-28ae-4d2a-abf7-158809cf4f3c"))
}
fn device() -> DeviceKey {
    DeviceKey::from_slice(&[0x42; 32]).unwrap()
}
fn public() -> [u8; 65] {
    device().verifying_key().to_sec1_point(false).as_bytes().try_into().unwrap()
}
fn server() -> ServerKey {
    ServerKey::from_bytes(&[0x17; 32])
}
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
/// A device's signature, as the ports give it: r‖s with a low s.
fn signed(text: &[u8]) -> Value {
    let signature: Signature = device().sign(text);
    json!({"text": hex(text), "sig": to_base64(&signature.normalize_s().to_bytes())})
}

/// The chain after every line, from the start.
fn chain() -> Vec<Hash> {
    let projects = [Some(project()), None, Some(project())];
    let mut links = vec![chain_start(store(), &public())];
    for ((seq, line), project) in (1..).zip(LINES).zip(projects) {
        let last = *links.last().unwrap();
        links.push(chain_next(last, seq, scope_hash(store(), project), content_hash(line.as_bytes())));
    }
    links
}

fn facts() -> Value {
    let hashes: Vec<Value> =
        LINES.iter().map(|line| json!({"line": line, "content_hash": content_hash(line.as_bytes())})).collect();
    json!({
        "store_id": store(), "project": project(), "facts": hashes,
        "scope_hash": scope_hash(store(), Some(project())), "scope_hash_without_project": scope_hash(store(), None),
    })
}

fn links() -> Value {
    json!({"store_id": store(), "public_key": to_base64(&public()), "projects": [project(), null_project(), project()], "lines": LINES, "chain": chain()})
}
const fn null_project() -> Option<ProjectId> {
    None
}

fn signatures() -> Value {
    let head = *chain().last().unwrap();
    let ahead = Hash([0x5a; 32]);
    let claim = ClaimText {
        claim: ClaimId(uuid("9c858901-8a57-4791-81fe-4c455b099bc9")),
        install: InstallId(uuid("16fd2706-8baf-433b-82eb-8c7fada847da")),
        store: store(),
        succeeds: None,
        key: &public(),
        login: "13800000001",
        head_seq: 3,
        head_chain: head,
    };
    let old = StoreId(uuid("886313e1-3b8a-4372-9b90-0c9aee199e5d"));
    json!({
        "public_key": to_base64(&public()), "store_id": store(), "incarnation": incarnation(),
        "head": {
            "seq": 5, "chain": ahead, "last_seq": 3, "last_chain": head,
            "signed": signed(&head_text(store(), &ChainPoint { seq: 5, chain: ahead }, &ChainPoint { seq: 3, chain: head })),
        },
        "claim": {
            "claim_id": claim.claim, "install_id": claim.install, "login": claim.login, "head_seq": 3, "head_chain": head,
            "succeeds": old, "first": signed(&claim_text(&claim)), "succession": signed(&claim_text(&ClaimText { succeeds: Some(old), ..claim })),
        },
        "nonce": to_base64(&[0x5a; 32]), "token": "fb_r_example",
        "refresh": signed(&refresh_text(incarnation(), store(), &[0x5a; 32], "fb_r_example")),
        "release": signed(&release_text(store(), &[0x5a; 32])),
        "open": signed(&open_text(&[0x5a; 32])),
    })
}

/// The time of the stamp.
const STAMPED: Timestamp = Timestamp(1_779_256_920_000);

fn receipts() -> Value {
    let received = Received {
        incarnation: incarnation(),
        store: store(),
        seq: 3,
        chain: *chain().last().unwrap(),
        received: Timestamp(1_700_000_000_123),
    };
    let account = AccountId(uuid("01890a5d-ac96-7abc-8def-0123456789ab"));
    let granted = Granted {
        incarnation: incarnation(),
        account,
        store: store(),
        epoch: 7,
        key: public(),
        issued: Timestamp(1_700_000_000_456),
    };
    json!({
        "server_secret": hex(&[0x17; 32]), "device_public_key": to_base64(&public()),
        "stamp": {
            "server_ms": STAMPED, "text": hex(&stamp_text(incarnation(), store(), STAMPED)),
            "sig": sign_stamp(&server(), incarnation(), store(), STAMPED),
        },
        "receipt": sign_receipt(&server(), &received), "receipt_text": hex(&receipt_text(&received)),
        "claim_receipt": sign_claim(&server(), &granted),
        "claim_receipt_text": hex(&claim_receipt_text(incarnation(), account, store(), 7, key_hash(&public()), granted.issued)),
    })
}

fn manifests() -> Value {
    let fact = |n: u128| FactId(Uuid::from_u128(0x0189_0a5d_ac96_7000_8000_0000_0000_0000 + n));
    let full = Manifest {
        results: vec![fact(1), fact(2)],
        photos: vec![fact(3)],
        segments: vec![fact(4)],
        described: Some(fact(5)),
        service: vec![fact(6), fact(7)],
        witness: Some(fact(8)),
    };
    let texts = [full.to_text(), Manifest::default().to_text()];
    Value::Array(texts.iter().map(|text| json!({"text": text, "manifest_hash": manifest_hash(text)})).collect())
}

fn digests() -> Value {
    let rows = [
        ("task", "01890a5d-ac96-7001-8000-000000000001", 3),
        ("project", "01890a5d-ac96-774b-bcce-b302099a8057", 1),
        ("session", "x", 4_294_967_297_u64),
    ];
    let mut digest = FeedDigest::default();
    let mut steps = vec![json!({"digest": digest.to_string()})];
    for (kind, id, rev) in rows {
        digest.add(kind, id, rev);
        steps.push(json!({"kind": kind, "id": id, "rev": rev, "digest": digest.to_string()}));
    }
    Value::Array(steps)
}

fn faults() -> Value {
    let task = TaskId(uuid("01890a5d-ac96-7001-8000-000000000001"));
    let item = PlanItemId(uuid("01890a5d-ac96-7002-8000-000000000002"));
    let rows =
        [1, 2, 600].map(|ordinal| json!({"ordinal": ordinal, "fault_id": fault_id(task, ResultKey { item, ordinal })}));
    let fault = fault_id(task, ResultKey { item, ordinal: 1 });
    let event = EventId(uuid("01890a5d-ac96-7003-8000-000000000003"));
    let dispatch = json!({"fault_id": fault, "event": event, "dispatch_id": dispatch_id(fault, event)});
    json!({"task": task, "item": item, "faults": rows, "dispatch": dispatch})
}

fn cursors() -> Value {
    let rows = [0, 42, (1 << 53) - 1].map(
        |feed_seq| json!({"feed_seq": feed_seq, "cursor": Cursor { incarnation: incarnation(), feed_seq, began: None }.to_string()}),
    );
    json!({"incarnation": incarnation(), "cursors": rows})
}

fn segment() -> Value {
    let providers = [Provider::Gnss, Provider::Network, Provider::Fused, Provider::Other];
    let fix = |n: i32| Fix {
        boot_ms: 86_400_000 + i64::from(n) * 1_003,
        lat_e6: 36_617_000 + n * 11 - (n % 3) * 40,
        lon_e6: -101_778_000 + n * 7,
        accuracy_m: u8::try_from(n * 60 % 256).unwrap(),
        provider: *providers.iter().cycle().nth(usize::try_from(n).unwrap()).unwrap(),
        mock: n == 5,
    };
    let fixes: Vec<Fix> = (0..8).map(fix).collect();
    let holes = vec![Hole { start_boot_ms: 86_402_006, length_ms: 120_500, cause: Cause::NoSignal }];
    let inner = track::encode_inner(&fixes, &holes).unwrap();
    let boot_id = BootId(uuid("16fd2706-8baf-433b-82eb-8c7fada847da"));
    let blob = track::encode(&Segment { boot_id, fixes: fixes.clone(), holes: holes.clone() }).unwrap();
    let decoded = track::decode(&blob).unwrap();
    assert_eq!((&decoded.fixes, &decoded.holes), (&fixes, &holes), "what is written is read");
    let fixes: Vec<Value> = fixes
        .iter()
        .map(|fix| json!([fix.boot_ms, fix.lat_e6, fix.lon_e6, fix.accuracy_m, fix.provider as u8, fix.mock]))
        .collect();
    let holes: Vec<Value> =
        holes.iter().map(|hole| json!([hole.start_boot_ms, hole.length_ms, hole.cause as u8])).collect();
    json!({"fixes": fixes, "holes": holes, "inner": hex(&inner), "blob_begins": hex(b"FBTRK1\n")})
}

/// Two acts of the office: one of a project, one of the firm as a whole by the administrator.
fn acts() -> Value {
    let organisation = OrganisationId(uuid("01890a5d-ac96-7aaa-8bbb-0123456789ab"));
    let act = |n: u128, project, account, kind: &str, body: &str| OfficeAct {
        project,
        id: EventId(Uuid::from_u128(0x0189_0a5d_ac96_7000_8000_0000_0000_0000 + n)),
        kind: kind.into(),
        v: ACT_VERSION,
        account,
        at_ms: Timestamp(1_779_256_920_000),
        request: RequestId(uuid("16fd2706-8baf-433b-82eb-8c7fada847da")),
        subject: "01890a5d-ac96-7001-8000-000000000001".into(),
        body: serde_json::value::RawValue::from_string(body.into()).unwrap(),
    };
    let account = AccountId(uuid("01890a5d-ac96-7abc-8def-0123456789ab"));
    let acts = [
        act(1, Some(project()), Some(account), "decide_review", "{\"opinion\":\"请补拍铭牌\"}"),
        act(2, None, None, "reset_password", "{}"),
    ];
    let mut chain = office_start(organisation, incarnation(), server().verifying_key().as_bytes());
    let start = chain;
    let mut links = Vec::new();
    for (seq, act) in (1..).zip(&acts) {
        let line = act.to_line().unwrap();
        chain = office_next(chain, seq, organisation, act.project, &line);
        let sig = sign_act(&server(), organisation, incarnation(), seq, chain).sig;
        let text = hex(&office_text(organisation, incarnation(), seq, chain));
        links.push(json!({
            "line": String::from_utf8(line).unwrap(), "project": act.project, "chain": chain, "text": text, "sig": sig,
        }));
    }
    json!({
        "organisation": organisation, "incarnation": incarnation(), "server_secret": hex(&[0x17; 32]), "start": start,
        "links": links,
    })
}

/// Compares with the file, or writes it when told to.
fn hold(name: &str, vector: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vectors").join(name).with_extension("json");
    let text = format!("{}\n", serde_json::to_string_pretty(vector).unwrap());
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(kept, text, "{name}: the bytes of the protocol changed");
}

#[test]
fn the_bytes_of_the_protocol_are_those_of_the_vectors() {
    let vectors = [
        ("facts", facts()),
        ("chain", links()),
        ("signatures", signatures()),
        ("receipts", receipts()),
        ("manifests", manifests()),
        ("digests", digests()),
        ("faults", faults()),
        ("cursors", cursors()),
        ("track_segment", segment()),
        ("acts", acts()),
    ];
    for (name, vector) in vectors {
        hold(name, &vector);
    }
}
