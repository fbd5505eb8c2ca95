//! The people who are to become members.

use std::collections::{BTreeMap, BTreeSet};

use docspace::people::{PersonId, Profile};
use docspace::{Portal, Result};
use futures::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;

use super::AT_ONCE;
use crate::actual::{Account, Actual};
use crate::plan::Meant;
use crate::problem::Problem;
use crate::wanted::Wanted;

/// Looks up each person of the manifest who is not a member yet, once. Without the right to read
/// people, they stay unknown.
pub(super) async fn accounts(
    portal: &Portal,
    wanted: &Wanted,
    meant: &[std::result::Result<Meant, Problem>],
    actual: &Actual,
) -> Result<BTreeMap<String, Option<Account>>> {
    let lookups: Vec<_> = new_people(wanted, meant, actual).into_iter().map(|name| account(portal, name)).collect();
    let found: Vec<_> = stream::iter(lookups).buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// The addresses and ids of the people who are not members yet, in lower case.
fn new_people(wanted: &Wanted, meant: &[std::result::Result<Meant, Problem>], actual: &Actual) -> BTreeSet<String> {
    let mut people = BTreeSet::new();
    for (wanted, meant) in wanted.rooms.iter().zip(meant) {
        let members = match meant {
            Ok(Meant::Room(index)) => match &actual.rooms[*index].members {
                Some(members) => members.as_slice(),
                // The room is not compared.
                None => continue,
            },
            Ok(Meant::New) => &[],
            Err(_) => continue,
        };
        for name in wanted.room.settings.members.iter().flat_map(|members| members.keys()) {
            let is_me = matches!(meant, Ok(Meant::New)) && actual.is_me(name);
            if !is_me && !members.iter().any(|member| !member.is_group && member.is_named(name)) {
                people.insert(name.to_lowercase());
            }
        }
    }
    people
}

/// Looks up a person. The outer `None` means that the caller is not allowed to.
async fn account(portal: &Portal, name: String) -> Result<Option<(String, Option<Account>)>> {
    let found = match name.parse::<Uuid>() {
        Ok(id) => match portal.people().get(PersonId(id)).await {
            Err(error) if error.is_not_found() => Ok(None),
            found => found.map(Some),
        },
        Err(_) => portal.people().find(name.as_str()).await,
    };
    let account = |person: Profile| Account { id: person.id.0, person_type: person.person_type() };
    match found {
        Ok(person) => Ok(Some((name, person.map(account)))),
        Err(error) if error.is_forbidden() => Ok(None),
        Err(error) => Err(error),
    }
}
