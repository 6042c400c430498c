//! The phone's wall clock is wrong by a year.

use crate::scene::Scene;
use firebee_tests::firm::MORNING;

const YEAR_MS: i64 = 366 * 86_400_000;

/// Skew is shown and never a reason to refuse data; what is decided goes by the server's clock, carried on by the
/// phone's boot clock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_a_year_off_is_accepted_with_bounds_by_the_servers_clock() {
    for skew_ms in [YEAR_MS, -YEAR_MS] {
        let scene = Scene::new().await;
        let now = scene.served.app.clock.now();
        scene.clock.set_wall_ms(now.0 + skew_ms);
        let fact = scene.record();
        scene.settles().await;
        assert_eq!(scene.client.progress().parked().unwrap(), [], "nothing is refused");
        let document = scene.document().await;
        let held = document.task.results.iter().find(|held| held.fact == fact).unwrap();
        assert!((held.at.wall_ms.0 - now.0 - skew_ms).abs() < 60_000, "the wrong clock is shown as it was");
        let bound = held.at.bound.unwrap();
        assert!(
            bound.earliest.0 > MORNING.0 && bound.latest.0 <= now.0 + 60_000,
            "{bound:?} is not by the server's clock"
        );
    }
}
