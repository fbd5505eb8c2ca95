//! People who are to become members.

use docspace_manifest::apply::{ApplyError, ApplyOptions, apply};
use docspace_manifest::plan::{Plan, PlanOptions, plan};
use docspace_manifest::{Source, Wanted, parse, read};
use docspace_mock::{MockPortal, Role};

use crate::support::{connect, connect_with};

fn manifest(file: &str) -> Wanted {
    parse(&[Source::new("rooms.yaml", file)]).unwrap_or_else(|problems| panic!("{problems}"))
}

async fn planned(mock: &MockPortal, file: &str) -> Plan {
    let (portal, wanted) = (connect(mock), manifest(file));
    plan(&wanted, &read(&portal, &wanted).await.expect("the portal can be read"), &PlanOptions::default())
}

async fn start() -> MockPortal {
    let people = MockPortal::builder().person("ann", Role::RoomAdmin).person("gus", Role::Guest);
    people.person("una", Role::User).start().await.expect("a mock portal")
}

#[tokio::test]
async fn users_and_guests_who_are_to_manage_a_room_are_problems_of_the_plan() {
    let mock = start().await;
    let problems = planned(
        &mock,
        "rooms: [{title: A, type: custom, members: {gus@example.com: room-manager, una@example.com: room-manager, \
         ann@example.com: room-manager, bbo@example.com: room-manager}}]",
    )
    .await
    .problems;
    let problems: Vec<String> = problems.iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(
        problems,
        [
            "member bbo@example.com has no account, and an invited guest cannot be `room-manager`",
            "member gus@example.com is a guest of the portal, and cannot be `room-manager`",
            "member una@example.com is a user of the portal, and cannot be `room-manager`",
        ]
    );

    let member = "rooms: [{title: A, type: custom, members: {gus@example.com: read}}]";
    let (portal, first) = (connect(&mock), planned(&mock, member).await);
    apply(&portal, &first, &ApplyOptions::default(), |_| {}).await.expect("applied");
    let raised = planned(&mock, &member.replace("read", "room-manager")).await;
    assert_eq!(raised.problems[0].message, problems[1]);
}

#[tokio::test]
async fn people_without_an_account_are_refused_before_the_first_change() {
    let mock = start().await;
    let plan = planned(&mock, "rooms: [{title: A, type: custom, members: {bbo@example.com: read}}]").await;
    assert!(plan.problems.is_empty() && plan.rooms[0].notes.len() == 1, "{plan:?}");
    mock.clear_requests();
    let portal = connect(&mock);
    let refused = apply(&portal, &plan, &ApplyOptions::default(), |_| {}).await.unwrap_err();
    assert!(matches!(&refused, ApplyError::WithoutAccount(people) if people == &["bbo@example.com"]), "{refused}");
    assert_eq!(mock.requests().len(), 0);
    let applied = apply(&portal, &plan, &ApplyOptions::default().invite_unknown(), |_| {}).await.expect("applied");
    assert!(applied.is_complete());
}

#[tokio::test]
async fn administrator_who_cannot_change_a_room_does_not_repeat_it() {
    let mock = MockPortal::builder().person("adm", Role::DocSpaceAdmin).start().await.expect("a mock portal");
    let file = "rooms: [{title: A, type: custom, tags: [a]}]";
    let first = planned(&mock, file).await;
    apply(&connect(&mock), &first, &ApplyOptions::default(), |_| {}).await.expect("applied");
    let (admin, wanted) = (connect_with(&mock, mock.key("adm")), manifest(file));
    let plan = plan(&wanted, &read(&admin, &wanted).await.expect("a state"), &PlanOptions::default());
    assert!(plan.problems[0].message.ends_with("and you neither own nor manage it"), "{:?}", plan.problems);
    assert!(!plan.differs());
    mock.clear_requests();
    apply(&admin, &plan, &ApplyOptions::default(), |_| {}).await.expect_err("a problem");
    assert_eq!(mock.requests().len(), 0);
}

#[tokio::test]
async fn each_new_member_is_looked_up_once() {
    let mock = start().await;
    let rooms: String = (1..=9)
        .map(|number| {
            format!("- {{title: R{number}, type: custom, members: {{Ann@example.com: read, una@example.com: read}}}}\n")
        })
        .collect();
    let file = format!("rooms:\n{rooms}");
    mock.clear_requests();
    let plan = planned(&mock, &file).await;
    let applied = apply(&connect(&mock), &plan, &ApplyOptions::default(), |_| {}).await.expect("applied");
    assert!(applied.is_complete(), "{applied:?}");
    let lookups = mock.requests().into_iter().filter(|request| request.path.contains("/people/"));
    let lookups: Vec<_> =
        lookups.filter(|request| !request.path.contains("@self")).map(|request| request.path).collect();
    assert_eq!(lookups.len(), 2, "{lookups:?}");
    assert!(!planned(&mock, &file).await.differs());
}
