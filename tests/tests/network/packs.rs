//! A plan that pins another pack than the one that is built into the phone.

use crate::scene::Scene;
use firebee_domain::id::ContentId;
use firebee_protocol::catalogue::{EMBEDDED_BYTES, Pack};
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{kept::rewrite, served::Served};
use sha2::{Digest, Sha256};

/// As after an upgrade of the server or of the phone: the plan was made with the catalogue of another day.
async fn pin(served: &Served, bytes: Vec<u8>) -> ContentId {
    let (id, embedded) = (ContentId(Sha256::digest(&bytes).into()), Pack::embedded().id);
    let (new, old) = (id.to_string(), embedded.to_string());
    let write = async move |tx: &mut Tx| {
        let keep = sql!("INSERT INTO catalogue (id, edition, bytes) VALUES (?1, 'another', ?2)");
        tx.execute(keep, &row![&id.0, &bytes]).await?;
        tx.execute(sql!("UPDATE plan SET catalogue = ?1"), &row![&id.0]).await?;
        rewrite(tx, "assignment", &old, &new).await
    };
    served.firm.store.write::<_, StoreError, _>("pin", write).await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_093_a_phone_works_by_the_pack_that_its_plan_pins() {
    let served = Served::start().await;
    let id = pin(&served, [EMBEDDED_BYTES, b"\n"].concat()).await;
    let scene = Scene::on(served).await;
    let fact = scene.record();
    let view = scene.client.tasks().get(scene.task).unwrap();
    assert_eq!(view.catalogue, id);
    let recorded = view.task.results.iter().find(|result| result.fact == fact).unwrap();
    assert_eq!(recorded.recorded.catalogue, id);
    scene.settles().await;
    assert_eq!(scene.overview().facts.parked, 0, "the server judges by the same pack");
}
