//! A mock portal with the people and people groups of the examples.

use std::path::PathBuf;

use docspace::rooms::SearchArea;
use docspace::transport::{RetryPolicy, Throttle};
use docspace::{Portal, Room};
use docspace_manifest::apply::{Applied, ApplyOptions, apply};
use docspace_manifest::export::{ExportOptions, export};
use docspace_manifest::plan::{Plan, PlanOptions, Prune, plan};
use docspace_manifest::{Wanted, load, read, read_all, read_folders};
use docspace_mock::{MockPortal, Role};

/// The examples of the crate.
pub(crate) const EXAMPLES: [&str; 3] = ["agency", "school", "law-firm"];

/// The wanted state of an example.
pub(crate) fn example(name: &str) -> Wanted {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples").join(format!("{name}.yaml"));
    load([file]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// An empty portal, with the people and people groups of the examples.
pub(crate) async fn portal() -> (MockPortal, Portal) {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).person("bob", Role::RoomAdmin);
    let mock = mock.start().await.expect("a mock portal");
    let portal = connect(&mock);
    for name in ["Account managers", "Teachers", "Partners"] {
        let me = portal.my_id().await.expect("an id");
        portal.people_groups().create(name).members([me]).send().await.expect("a people group");
    }
    mock.clear_requests();
    (mock, portal)
}

/// A client that neither waits nor retries.
pub(crate) fn connect(mock: &MockPortal) -> Portal {
    connect_with(mock, mock.owner_key())
}

/// As [`connect`], with this key.
pub(crate) fn connect_with(mock: &MockPortal, key: String) -> Portal {
    let portal = Portal::builder(mock.url()).api_key(key).retry(RetryPolicy::none());
    portal.throttle(Throttle::default().per_minute(1_000_000).reads(32).writes(32)).build().expect("a portal")
}

pub(crate) fn options(prune: Prune) -> PlanOptions {
    PlanOptions { prune, ..PlanOptions::default() }
}

/// Compares, with these removals.
pub(crate) async fn compare(portal: &Portal, wanted: &Wanted, prune: Prune) -> Plan {
    let actual = read(portal, wanted).await.expect("the portal can be read");
    let plan = plan(wanted, &actual, &options(prune));
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    plan
}

/// Compares and applies. Everything succeeds.
pub(crate) async fn converge(portal: &Portal, wanted: &Wanted) -> Plan {
    let plan = compare(portal, wanted, Prune::Own).await;
    let applied = run(portal, &plan).await;
    let failed: Vec<String> =
        applied.not_done(&plan).map(|(room, action, done)| format!("{} {action} {done:?}", room.title)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    plan
}

pub(crate) async fn run(portal: &Portal, plan: &Plan) -> Applied {
    apply(portal, plan, &ApplyOptions::default(), |_| {}).await.expect("a plan without problems")
}

/// All rooms.
pub(crate) async fn rooms(portal: &Portal) -> Vec<Room> {
    let mut rooms = portal.rooms().list().all().await.expect("the rooms");
    rooms.extend(portal.rooms().list().area(SearchArea::Archive).all().await.expect("the archive"));
    rooms
}

/// The manifest of everything on the portal, with folders.
pub(crate) async fn exported(portal: &Portal) -> String {
    let mut actual = read_all(portal, &rooms(portal).await).await.expect("the rooms can be read");
    read_folders(portal, &mut actual).await.expect("the folders can be read");
    export(&actual, &ExportOptions::default().name("moved").secrets(true)).to_yaml()
}
