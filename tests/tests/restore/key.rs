//! The key belongs to the data: its public half stands in the firm's row, and no server signs with another.

use crate::both;
use axum::{
    body::Body,
    http::{Method, Request},
};
use ed25519_dalek::SigningKey;
use firebee_domain::{code::Code, id::IncarnationId};
use firebee_protocol::{
    receipt::verify_claim,
    session::{Capabilities, ClaimReply},
    stamp::{is_stamp, read_stamp},
};
use firebee_server::{
    blobs::DiskFiles,
    clock::Clock,
    config::Config,
    keys::{KeyError, Keyring},
    office::firm::{RenewKeyError, put_key, renew_key},
    sql,
    state::{App, StartError, open_on},
};
use firebee_tests::{
    firm::Firm,
    house::{House, Phone},
};
use std::{path::Path, sync::Arc};

both!(
    a_server_without_the_firms_key_does_not_start_until_the_key_is_brought_back,
    a_server_with_another_key_does_not_start,
    a_second_server_with_a_key_of_its_own_does_not_start_on_the_first_ones_data,
    a_key_that_goes_while_the_server_runs_refuses_that_firm_alone,
    a_lost_key_is_replaced_and_the_firm_goes_on_under_another_incarnation,
    each_firm_of_a_server_has_its_own_incarnation_and_key,
);

/// Another server on the same database, with the keys in `data`.
async fn start(house: &House, data: &Path) -> Result<App, StartError> {
    open_on(house.firm.store.clone(), Arc::new(DiskFiles), Config::in_folder(data), Clock::System).await
}

fn key_error(started: Result<App, StartError>) -> KeyError {
    let Err(StartError::Key(error)) = started else { unreachable!("it must not start") };
    assert!(error.to_string().contains("firebee admin put-key") && error.to_string().contains("firebee admin new-key"));
    error
}

async fn a_server_without_the_firms_key_does_not_start_until_the_key_is_brought_back(house: House) {
    let (firm, data) = (house.firm.org.id(), house.data.path());
    let (path, aside) = (Keyring::in_folder(data).path(firm), data.join("aside"));
    std::fs::rename(&path, &aside).unwrap();
    let error = key_error(start(&house, data).await);
    assert_eq!((error.code(), error), (Code::ServerKeyMissing, KeyError::Missing { firm, path }));
    assert_eq!(put_key(&house.app.office, &aside).await, Ok(firm));
    start(&house, data).await.unwrap();
}

async fn a_server_with_another_key_does_not_start(house: House) {
    let (firm, data) = (house.firm.org.id(), house.data.path());
    let other = SigningKey::from_bytes(&[99; 32]);
    Keyring::in_folder(data).keep(firm, &other).unwrap();
    let error = key_error(start(&house, data).await);
    let path = Keyring::in_folder(data).path(firm);
    assert_eq!((error.code(), error), (Code::ServerKeyDiffers, KeyError::Differs { firm, path: path.clone() }));
    assert_eq!(put_key(&house.app.office, &path).await, Err(RenewKeyError::NoFirm), "a key of nobody is not taken");
    // The right one was kept beside it.
    let folder = std::fs::read_dir(data.join("keys")).unwrap().map(|entry| entry.unwrap().path());
    let before: Vec<_> = folder.filter(|path| path.to_string_lossy().contains("before")).collect();
    assert_eq!(put_key(&house.app.office, &before[0]).await, Ok(firm));
    start(&house, data).await.unwrap();
}

async fn a_second_server_with_a_key_of_its_own_does_not_start_on_the_first_ones_data(house: House) {
    let second = tempfile::tempdir().unwrap();
    key_error(start(&house, second.path()).await);
    Keyring::in_folder(second.path()).make(house.firm.org.id()).unwrap();
    key_error(start(&house, second.path()).await);
    house.firm.lay_key(second.path());
    start(&house, second.path()).await.unwrap();
}

async fn a_key_that_goes_while_the_server_runs_refuses_that_firm_alone(mut house: House) {
    let other = Firm::found((house.firm.store.clone(), None), 2).await;
    house.let_in_as(other.operators[0], "other").await;
    let refused = Phone::new("other").claim(&house).await;
    assert_eq!(refused.problem(), (503, "server_key_missing".into()));
    Phone::signed_in(&house, "ma").await;
    other.lay_key(house.data.path());
    Phone::signed_in(&house, "other").await;
    house.restart().await;
}

async fn a_lost_key_is_replaced_and_the_firm_goes_on_under_another_incarnation(mut house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let before = phone.given().clone();
    std::fs::remove_dir_all(house.data.path().join("keys")).unwrap();
    assert_eq!(renew_key(&house.app.office, "nobody").await, Err(RenewKeyError::NoFirm));
    assert_eq!(renew_key(&house.app.office, "firm").await, Ok(house.firm.org.id()));
    house.restart().await;
    assert_eq!(phone.pull(&house).await.problem(), (409, "incarnation_changed".into()));
    let mut again = phone.clone();
    again.claim_id.0 = firebee_server::random::uuid_v4().unwrap();
    assert_eq!(again.claim(&house).await.status, 200, "the password still opens the account");
    let ClaimReply { server_key, incarnation, claim_receipt, .. } = again.given();
    assert!(*server_key != before.server_key && *incarnation != before.incarnation);
    assert_eq!(verify_claim(server_key, claim_receipt), Ok(()));
    assert_eq!(house.number(sql!("SELECT count(*) FROM former_seal")).await, 1, "what it was is not forgotten");
}

async fn each_firm_of_a_server_has_its_own_incarnation_and_key(house: House) {
    let alone: Capabilities = house.capabilities().await;
    let keys = &house.firm.keys;
    assert_eq!((alone.incarnation, alone.server_key), (Some(keys.incarnation), Some(keys.public())));
    let other = Firm::found((house.firm.store.clone(), None), 2).await;
    other.lay_key(house.data.path());
    house.let_in_as(other.operators[0], "other").await;
    let both = house.capabilities().await;
    assert_eq!((both.incarnation, both.server_key), (None, None), "nobody can tell which firm asks");
    for (login, firm) in [("ma", &house.firm), ("other", &other)] {
        let phone = Phone::signed_in(&house, login).await;
        let given = phone.given();
        assert_eq!((given.incarnation, &given.server_key), (firm.keys.incarnation, &firm.keys.public()));
        assert_eq!(verify_claim(&firm.keys.public(), &given.claim_receipt), Ok(()));
        let pull = phone.request(&house, Method::GET, "/v1/pull");
        let pull = pull.header("firebee-stamp", phone.store_id.to_string()).body(Body::empty()).unwrap();
        let answer = house.send(pull).await;
        let (at, signature) = read_stamp(answer.header("firebee-stamp")).unwrap();
        let key = firm.keys.signing.verifying_key();
        assert!(is_stamp(&key, firm.keys.incarnation, phone.store_id, at, &signature), "{login}");
    }
    // The incarnation of another firm opens nothing.
    let phone = Phone::signed_in(&house, "li").await;
    let pull = |incarnation: IncarnationId| {
        let pull = Request::builder().uri("/v1/pull").header("firebee-incarnation", incarnation.to_string());
        pull.header("authorization", format!("Bearer {}", phone.given().access)).body(Body::empty()).unwrap()
    };
    let refused = house.send(pull(other.keys.incarnation)).await;
    assert_eq!(refused.problem(), (409, "incarnation_changed".into()));
    assert_eq!(refused.detail()["incarnation"], house.firm.keys.incarnation.to_string());
    assert_eq!(house.send(pull(house.firm.keys.incarnation)).await.status, 200);
}
