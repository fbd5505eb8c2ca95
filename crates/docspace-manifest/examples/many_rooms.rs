//! Applies a manifest with many rooms to a mock portal, changes it, and applies it again. Then ends
//! the work on twenty rooms again and again at different moments, and continues it.
//!
//! ```sh
//! cargo run --release -p docspace-manifest --example many_rooms -- 500 200
//! ```

use std::collections::BTreeSet;
use std::error::Error;
use std::time::{Duration, Instant};

use docspace::Portal;
use docspace::transport::{RetryPolicy, Throttle};
use docspace_manifest::apply::{ApplyOptions, apply};
use docspace_manifest::plan::{MaxRemovals, Plan, PlanOptions, Prune, plan};
use docspace_manifest::{Source, Wanted, parse, read};
use docspace_mock::{MockPortal, Role};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A manifest with this number of rooms. A second version of it has other links and accesses.
fn manifest(rooms: usize, version: usize) -> Outcome<Wanted> {
    let mut file = "name: many\nrooms:\n".to_owned();
    for number in 1..=rooms {
        let access = ["read", "editing"][version % 2];
        file.push_str(&format!(
            "- {{title: Room {number}, type: custom, tags: [many, v{version}], members: {{ann@example.com: {access}}}, \
             links: {{First: {{access: {access}}}, Second {version}: {{access: read, expires: 2030-01-31}}}}}}\n"
        ));
    }
    Ok(parse(&[Source::new("rooms.yaml", file)])?)
}

async fn start() -> Outcome<(MockPortal, Portal)> {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await?;
    let portal = connect(&mock)?;
    Ok((mock, portal))
}

/// A client without the limits of a portal, which the mock does not have.
fn connect(mock: &MockPortal) -> Outcome<Portal> {
    let throttle = Throttle::default().per_minute(10_000_000).reads(32).writes(32);
    let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).retry(RetryPolicy::none());
    Ok(portal.throttle(throttle).build()?)
}

async fn compare(portal: &Portal, wanted: &Wanted) -> Outcome<Plan> {
    let options = PlanOptions { prune: Prune::Own, max_removals: MaxRemovals::Percent(100), ..PlanOptions::default() };
    Ok(plan(wanted, &read(portal, wanted).await?, &options))
}

/// Applies, and checks that nothing remains to do and that no room is there twice.
async fn converge(portal: &Portal, wanted: &Wanted) -> Outcome {
    let plan = compare(portal, wanted).await?;
    let applied = apply(portal, &plan, &ApplyOptions::default(), |_| {}).await?;
    let again = compare(portal, wanted).await?;
    if !applied.is_complete() || again.differs() || again.counts().not_managed > 0 {
        return Err(format!("not as wanted: {}", again.to_text()).into());
    }
    let rooms = portal.rooms().list().all().await?;
    let titles: BTreeSet<_> = rooms.iter().map(|room| &room.title).collect();
    if rooms.len() != wanted.rooms.len() || titles.len() != rooms.len() {
        return Err(format!("{} rooms with {} titles", rooms.len(), titles.len()).into());
    }
    Ok(())
}

/// Applies the second version of a manifest over the first one, and ends after some requests.
async fn interrupted(number: usize) -> Outcome {
    let (mock, portal) = start().await?;
    let wanted = [manifest(20, 1)?, manifest(20, 2)?];
    for (version, wanted) in wanted.iter().enumerate() {
        let plan = compare(&portal, wanted).await?;
        mock.clear_requests();
        let stop = (number * 37 + version * 11) % 240;
        let options = ApplyOptions::default();
        tokio::select! {
            biased;
            () = async { while mock.requests().len() < stop { tokio::task::yield_now().await } } => {}
            done = apply(&portal, &plan, &options, |_| {}) => drop(done?),
        }
        // A program that is started again has connections of its own. The portal may still work on
        // the last request of the old one.
        tokio::time::sleep(Duration::from_millis(5)).await;
        converge(&connect(&mock)?, wanted).await?;
    }
    mock.shutdown().await;
    Ok(())
}

#[tokio::main]
async fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let rooms = arguments.next().transpose()?.unwrap_or(50);
    let interruptions = arguments.next().transpose()?.unwrap_or(5);
    let (mock, portal) = start().await?;
    for version in [1, 2] {
        let (wanted, began) = (manifest(rooms, version)?, Instant::now());
        converge(&portal, &wanted).await?;
        println!("{rooms} rooms, version {version}: {} requests, {:?}", mock.requests().len(), began.elapsed());
        mock.clear_requests();
    }
    for number in 0..interruptions {
        interrupted(number).await.map_err(|error| format!("interruption {number}: {error}"))?;
    }
    println!("{interruptions} interruptions of 20 rooms, always as wanted");
    Ok(())
}
