//! The examples of the crate.

use docspace_manifest::plan::{Prune, plan};
use docspace_manifest::{Source, parse, read};

use crate::support::{EXAMPLES, compare, converge, example, exported, options, portal, rooms};

#[tokio::test]
async fn applied_example_leaves_nothing_to_do() {
    for name in EXAMPLES {
        let (_mock, portal) = portal().await;
        let wanted = example(name);
        converge(&portal, &wanted).await;
        assert_eq!(rooms(&portal).await.len(), wanted.rooms.len(), "{name}");
        let again = compare(&portal, &wanted, Prune::All).await;
        assert!(!again.differs(), "{name}: {:#?}", again.rooms);
        assert_eq!(again.counts().not_managed, 0, "{name}");
    }
}

#[tokio::test]
async fn exported_example_is_the_same_on_another_portal() {
    for name in EXAMPLES {
        let (_one, first) = portal().await;
        converge(&first, &example(name)).await;
        let text = exported(&first).await;
        let wanted = parse(&[Source::new("export.yaml", text.clone())]).unwrap_or_else(|problems| panic!("{problems}"));

        let same_portal = compare(&first, &wanted, Prune::All).await;
        assert!(!same_portal.differs(), "{name}: {:#?}", same_portal.rooms);

        let (_other, second) = portal().await;
        converge(&second, &wanted).await;
        assert_eq!(exported(&second).await, text, "{name}");
    }
}

#[tokio::test]
async fn caller_can_be_listed_as_a_member() {
    let (mock, portal) = portal().await;
    let file = format!("rooms: [{{title: A, type: custom, members: {{{}: read}}}}]", mock.email("owner"));
    let wanted = parse(&[Source::new("rooms.yaml", file)]).unwrap_or_else(|problems| panic!("{problems}"));
    converge(&portal, &wanted).await;
    let again = compare(&portal, &wanted, Prune::All).await;
    assert!(!again.differs() && again.rooms[0].notes.len() == 1, "{:#?}", again.rooms);
}

#[tokio::test]
async fn cover_that_the_portal_does_not_have_is_a_problem_of_the_plan() {
    let (_mock, portal) = portal().await;
    let file = "rooms: [{title: A, type: custom, cover: flgg}]";
    let wanted = parse(&[Source::new("rooms.yaml", file)]).unwrap_or_else(|problems| panic!("{problems}"));
    let actual = read(&portal, &wanted).await.expect("the portal can be read");
    let plan = plan(&wanted, &actual, &options(Prune::Nothing));
    assert_eq!(plan.problems[0].message, "the portal has no cover `flgg`");
}
