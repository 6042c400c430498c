//! Tokens that end, and the signature that makes a stolen one worthless.

use crate::both;
use firebee_server::sql;
use firebee_tests::house::{House, Phone};

both!(
    an_access_token_lasts_an_hour_and_a_refresh_gives_another,
    a_stolen_refresh_token_opens_nothing_without_the_devices_key,
    a_nonce_is_good_once_and_for_five_minutes,
    a_refresh_token_slides_for_400_days,
    a_store_that_was_fenced_gets_a_late_token,
    a_store_whose_key_was_dropped_is_stopped,
);

async fn an_access_token_lasts_an_hour_and_a_refresh_gives_another(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    house.clock.advance_ms(3_599_999);
    assert_eq!(phone.pull(&house).await.status, 200);
    house.clock.advance_ms(1);
    assert_eq!(phone.pull(&house).await.problem(), (401, "token_expired".into()));
    assert_eq!(phone.refresh(&house).await.status, 200);
    assert_eq!(phone.pull(&house).await.status, 200);
    assert_eq!(house.number(sql!("SELECT count(*) FROM token")).await, 2, "the old one is swept");
    let mut access_as_refresh = phone.clone();
    access_as_refresh.reply.as_mut().unwrap().refresh = phone.given().access.clone();
    assert_eq!(access_as_refresh.refresh(&house).await.problem(), (401, "sign_in_again".into()));
}

async fn a_stolen_refresh_token_opens_nothing_without_the_devices_key(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let thief = Phone { key: Phone::new("ma").key, ..phone.clone() };
    assert_eq!(thief.clone().refresh(&house).await.problem(), (401, "sign_in_again".into()));
    // Nor with a store and key of the thief's own.
    let mut own = Phone::signed_in(&house, "li").await;
    own.reply.as_mut().unwrap().refresh = phone.given().refresh.clone();
    assert_eq!(own.refresh(&house).await.problem(), (401, "sign_in_again".into()));
    assert_eq!(phone.clone().refresh(&house).await.status, 200);
}

async fn a_nonce_is_good_once_and_for_five_minutes(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let ask = async |nonce: &str| {
        let request = phone.refresh_request(house.firm.keys.incarnation, &phone.given().refresh, nonce);
        house.send(house.post("/v1/session/refresh", &request)).await.problem()
    };
    let nonce = house.nonce().await;
    assert_eq!(ask(&nonce).await.0, 200);
    assert_eq!(ask(&nonce).await, (409, "nonce_spent".into()));
    let nonce = house.nonce().await;
    house.clock.advance_ms(299_999);
    let late = house.nonce().await;
    assert_eq!(ask(&nonce).await.0, 200);
    house.clock.advance_ms(300_000);
    assert_eq!(ask(&late).await, (409, "nonce_spent".into()));
    let never_given = firebee_protocol::encode::to_base64(&[9; 32]);
    assert_eq!(ask(&never_given).await, (409, "nonce_spent".into()));
}

async fn a_refresh_token_slides_for_400_days(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    for _ in 0..3 {
        house.clock.advance_ms(399 * 86_400_000);
        assert_eq!(phone.refresh(&house).await.status, 200);
    }
    house.clock.advance_ms(400 * 86_400_000);
    assert_eq!(phone.refresh(&house).await.problem(), (401, "sign_in_again".into()));
}

async fn a_store_that_was_fenced_gets_a_late_token(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    let free = async move |tx: &mut firebee_server::store::Tx| {
        tx.execute(sql!("UPDATE session SET epoch = epoch + 1, store_id = NULL WHERE epoch > 0"), &[]).await
    };
    assert_eq!(house.execute(free).await, 1);
    assert_eq!(phone.pull(&house).await.problem(), (409, "fenced".into()));
    let told = phone.refresh(&house).await.json::<serde_json::Value>();
    assert_eq!((&told["late"], &told["epoch"]), (&"fenced".into(), &1.into()));
    assert_eq!(phone.pull(&house).await.problem(), (409, "fenced".into()));
    let next = Phone::signed_in(&house, "ma").await;
    assert_eq!(next.given().epoch, 3, "one for the release, one for the claim");
}

async fn a_store_whose_key_was_dropped_is_stopped(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    let drop_key = async move |tx: &mut firebee_server::store::Tx| {
        tx.execute(sql!("UPDATE device_store SET state = 'revoked' WHERE state = 'active'"), &[]).await
    };
    assert_eq!(house.execute(drop_key).await, 1);
    let revoked = (403, "store_revoked".into());
    assert_eq!(phone.pull(&house).await.problem(), revoked);
    assert_eq!(phone.refresh(&house).await.problem(), revoked);
    assert_eq!(phone.claim(&house).await.problem(), revoked);
}
