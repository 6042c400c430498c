//! Every address of the console, asked for by every role, with the ids of the other side.
//!
//! Two firms with two owners each and the units of the fire service above them fill every text with words of their own
//! ([`world`]). Everybody signs in and follows every link ([`walk`]). Then everybody asks for what the others were shown,
//! and sends the forms of the others. What is not one's own is not there, no answer holds a word of another side, and
//! nothing fails. The addresses come from the router itself ([`routes`]): a page that nobody reaches fails the test.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

mod asked;
mod described;
mod firm;
mod forge;
mod html;
mod phones;
mod routes;
mod uploads;
mod walk;
mod work;
mod world;

use firebee_server::store::Store;
use routes::Routes;
use std::time::Instant;
use tempfile::TempDir;
use walk::Walk;

/// whoever may not see something finds nothing, wherever it is asked for.
mod r_032_nobody_reads_or_changes_anything_of_another_side {
    use firebee_tests::firm::{postgres, sqlite};
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        Box::pin(super::r_032_nobody_reads_or_changes_anything_of_another_side(sqlite().await)).await;
    }
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        Box::pin(super::r_032_nobody_reads_or_changes_anything_of_another_side(postgres().await)).await;
    }
}

async fn r_032_nobody_reads_or_changes_anything_of_another_side(database: (Store, Option<TempDir>)) {
    let begun = Instant::now();
    let world = world::world(database).await;
    let built = begun.elapsed();
    let routes = Routes::of(&world.office.router).await;
    let mut walk = Walk::new(&world, &routes);
    for person in &world.people {
        walk.follow(person).await;
    }
    walk.reach_the_rest().await;
    for person in &world.people {
        walk.ask_for_others(person).await;
    }
    let acts = world.acts().await;
    phones::ask_without_a_token(&mut walk).await;
    let read = begun.elapsed();
    for person in &world.people {
        forge::send_forms_of_others(&mut walk, person).await;
        forge::send_what_was_not_shown(&mut walk, person).await;
    }
    assert_eq!(world.acts().await, acts, "no form of another side has an effect");
    uploads::refuse_what_is_no_file(&mut walk).await;
    for person in &world.people {
        forge::send_own_forms(&mut walk, person).await;
    }
    println!(
        "{} people, {} routes of the console and {} of phones, {} pages, {} forms, {} requests refused, {} routes whose form nobody was shown; \
         the world stood after {built:?}, the pages were read after {read:?}, all was done after {:?}",
        world.people.len(),
        routes.all.len(),
        routes.of_phones.len(),
        walk.pages,
        walk.forms,
        walk.refused,
        walk.without_forms().len(),
        begun.elapsed()
    );
    walk.report();
}
