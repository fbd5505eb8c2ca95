//! Lists the people who have not logged in since a date.

use std::collections::HashSet;
use std::time::Duration;

use contract::target::Target;
use docspace::people::{PersonStatus, Profile};
use docspace::{Portal, Result, Timestamp};
use docspace_mock::{MockPortal, Role};
use futures::TryStreamExt;

/// People who came after the date are left out. The portal keeps logins for as long as
/// `portal.audit().lifetimes()` reports, so an earlier date lists too many people. A program that
/// uses an API key does not log in.
async fn inactive_people(portal: &Portal, since: Timestamp) -> Result<Vec<Profile>> {
    // No filter of the portal finds people without logins.
    let mut active = HashSet::new();
    let mut logins = portal.audit().logins().since(since).stream();
    while let Some(login) = logins.try_next().await? {
        // A failed login has the id of a placeholder.
        active.insert(login.user_id);
    }
    let mut people = portal.people().list().status(PersonStatus::Active).all().await?;
    people.retain(|person| !active.contains(&person.id) && person.registration_date < since);
    Ok(people)
}

#[tokio::test]
async fn people_without_recent_log_ins_are_listed() {
    let builder = ["ann", "bob", "cem"].iter().fold(MockPortal::builder(), |mock, name| mock.person(name, Role::User));
    Target::run_on(builder.start().await.unwrap(), async |target, mock| {
        let log_in = async |name: &str, password: &str| {
            Portal::builder(mock.url()).sign_in(mock.email(name), password.to_owned()).await
        };
        log_in("owner", &mock.password("owner")).await.unwrap();
        log_in("ann", &mock.password("ann")).await.unwrap();
        mock.advance(Duration::from_secs(40 * 86_400));
        log_in("owner", &mock.password("owner")).await.unwrap();
        log_in("bob", &mock.password("bob")).await.unwrap();
        log_in("cem", "wrong-password").await.unwrap_err();

        let inactive = inactive_people(&target.portal(), Timestamp::in_days(30)).await.unwrap();
        let mut addresses: Vec<&str> = inactive.iter().filter_map(|person| person.email.as_deref()).collect();
        addresses.sort_unstable();
        assert_eq!(addresses, ["ann@example.com", "cem@example.com"]);
    })
    .await;
}
