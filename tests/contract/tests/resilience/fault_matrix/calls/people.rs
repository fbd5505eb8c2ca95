//! People and people groups.

use docspace::ErrorKind;
use docspace::people::PersonType;
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const PEOPLE: &[Call] = &[
    call!("Portal::me", "GET /people/@self", |s| s.portal.me().await),
    call!("Portal::my_id", "GET /keys/@self", |s| s.portal.my_id().await),
    call!("Portal::my_id (session)", "GET /people/@self", |s| s.session().my_id().await),
    call!("ListPeople::all", "GET /people/filter", |s| s.portal.people().list().all().await).accepts_missing_response(),
    call!("ListPeople::stream", "GET /people/filter", |s| s.portal.people().list().stream().try_next().await)
        .accepts_missing_response(),
    call!("ListPeople::total", "GET /people/filter", |s| s.portal.people().list().total().await)
        .accepts_missing_response(),
    call!("People::get", "GET /people/*", |s| s.portal.people().get(s.fixture.ann).await),
    // A portal answers 404 with a message if no person has the address.
    call!("People::find", "GET /people/email", |s| s.portal.people().find(s.email).await)
        .takes_refusal_as_result("404 JSON"),
    call!("CreatePerson::send", "POST /people/active", |s| {
        let eva = s.portal.people().create("eva@example.com", "Eva", "Evans", PersonType::User);
        eva.password("LongEnough1!").send().await
    })
    .never_retried()
    .finds_lost_creation(),
    call!("People::invite", "POST /people/invite", |s| {
        s.portal.people().invite(["eva@example.com"], PersonType::User).await
    })
    .never_retried()
    .compares_answer(),
    call!("PeopleGroups::list", "GET /group", |s| s.portal.people_groups().list().await).accepts_missing_response(),
    call!("PeopleGroups::get", "GET /group/*", |s| s.portal.people_groups().get(s.fixture.people_group).await),
    call!("CreatePeopleGroup::send", "POST /group", |s| {
        s.portal.people_groups().create("new").members([s.fixture.ann]).send().await
    })
    .never_retried(),
    call!("PeopleGroups::delete", "DELETE /group/*", |s| {
        s.portal.people_groups().delete(s.fixture.people_group).await
    })
    .never_retried()
    .has_no_body(),
];
