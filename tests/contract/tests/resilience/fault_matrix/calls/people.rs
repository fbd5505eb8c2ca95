//! People and groups of people.

use docspace::{ErrorKind, PersonType};
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const PEOPLE: &[Call] = &[
    call!("Portal::me", "GET /people/@self", |s| s.portal.me().await),
    call!("Portal::my_id", "GET /keys/@self", |s| s.portal.my_id().await),
    call!("Portal::my_id (session)", "GET /people/@self", |s| s.session().my_id().await),
    call!("ListPeople::all", "GET /people/filter", |s| s.portal.people().list().all().await).may_be_empty(),
    call!("ListPeople::stream", "GET /people/filter", |s| s.portal.people().list().stream().try_next().await)
        .may_be_empty(),
    call!("ListPeople::total", "GET /people/filter", |s| s.portal.people().list().total().await).may_be_empty(),
    call!("People::get", "GET /people/*", |s| s.portal.people().get(s.world.ann).await),
    // A portal says so when there is nobody.
    call!("People::find", "GET /people/email", |s| s.portal.people().find(s.email).await).told_by("404 JSON"),
    call!("CreatePerson::send", "POST /people/active", |s| {
        let eva = s.portal.people().create("eva@example.com", "Eva", "Evans", PersonType::User);
        eva.password("LongEnough1!").send().await
    })
    .once()
    .finds_what_it_made(),
    call!("People::invite", "POST /people/invite", |s| {
        s.portal.people().invite(["eva@example.com"], PersonType::Guest).await
    })
    .once()
    .compares(),
    call!("PeopleGroups::list", "GET /group", |s| s.portal.people_groups().list().await).may_be_empty(),
    call!("PeopleGroups::get", "GET /group/*", |s| s.portal.people_groups().get(s.world.people_group).await),
    call!("CreatePeopleGroup::send", "POST /group", |s| {
        s.portal.people_groups().create("new").members([s.world.ann]).send().await
    })
    .once(),
    call!("PeopleGroups::delete", "DELETE /group/*", |s| {
        s.portal.people_groups().delete(s.world.people_group).await
    })
    .once()
    .has_no_body(),
];
