//! Signing out.

use crate::both;
use firebee_server::sql;
use firebee_tests::house::{House, Phone};

both!(
    signing_out_frees_the_account_and_ends_its_tokens,
    a_release_is_idempotent_and_never_anothers,
    signing_in_and_out_stands_in_the_work_log,
);

async fn signing_out_frees_the_account_and_ends_its_tokens(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    assert_eq!(phone.release(&house).await.status, 204);
    assert_eq!(phone.pull(&house).await.problem(), (401, "token_expired".into()));
    assert_eq!(phone.refresh(&house).await.problem(), (401, "sign_in_again".into()));
    assert_eq!(house.number(sql!("SELECT count(*) FROM token")).await, 0);
    Phone::signed_in(&house, "ma").await;
}

async fn a_release_is_idempotent_and_never_anothers(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let thief = Phone { key: Phone::new("ma").key, ..phone.clone() };
    assert_eq!(thief.release(&house).await.problem(), (422, "signature_invalid".into()));
    let nonce = house.nonce().await;
    let request = phone.release_request(&nonce);
    let send = async || house.send(house.post("/v1/session/release", &request)).await.status;
    assert_eq!((send().await, send().await), (204.try_into().unwrap(), 204.try_into().unwrap()), "the reply was lost");
    let next = Phone::signed_in(&house, "ma").await;
    assert_eq!(send().await, 204, "still success, and nothing to the one who has the account now");
    assert_eq!(next.pull(&house).await.status, 200);
    let spent = next.release_request(&nonce);
    let answer = house.send(house.post("/v1/session/release", &spent)).await;
    assert_eq!(answer.problem(), (409, "nonce_spent".into()));
    let unknown = Phone::new("ma");
    assert_eq!(unknown.release(&house).await.problem(), (422, "signature_invalid".into()));
}

/// every sign-in is written down.
async fn signing_in_and_out_stands_in_the_work_log(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    phone.claim(&house).await;
    phone.release(&house).await;
    phone.release(&house).await;
    assert_eq!(house.acts("sign_in").await.len(), 1);
    assert_eq!(house.acts("sign_out").await.len(), 1);
}
