//! The people who have an account on a portal, and their groups.
//!
//! Start with [`Portal::people`] and [`Portal::people_groups`].

mod create;
mod groups;
mod list;

pub use create::CreatePerson;
use docspace_api::ClientPeopleExt;
pub use docspace_api::PersonStatus;
use docspace_api::types::{InvitePeopleRequest, PersonInvitation};
pub use docspace_api::types::{PeopleGroup, PeopleGroupId, Person, PersonId, PersonType, Profile};
pub use groups::{CreatePeopleGroup, PeopleGroups};
pub use list::ListPeople;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

/// The longest e-mail address (portal-facts 6.7).
const LONGEST_ADDRESS: usize = 255;

/// The people of a portal. Made by [`Portal::people`]. Users and guests may not look around among them, and a key needs
/// the scope `accounts:read` for it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let ann = portal.people().create("ann@acme.com", "Ann", "Archer", docspace::people::PersonType::User);
/// # ann.password("s3cret-enough").send().await?;
/// let ann = portal.people().find("ann@acme.com").await?.expect("she has an account");
/// println!("{} is a {:?}", ann.display_name, ann.person_type());
/// assert!(portal.people().find("nobody@acme.com").await?.is_none());
/// # Ok(())
/// # }
/// ```
///
/// Everybody is of one [`PersonType`]. Administrators, the portal's owner among them, and room admins may make rooms; users
/// and guests may not.
#[derive(Clone, Copy, Debug)]
pub struct People<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The portal's people.
    pub fn people(&self) -> People<'_> {
        People { portal: self }
    }
}

impl People<'_> {
    /// The people whose accounts are in use, unless asked for others.
    pub fn list(&self) -> ListPeople {
        ListPeople::new(self.portal.clone())
    }

    /// Reads one person.
    ///
    /// # Errors
    ///
    /// `NotFound` when nobody has this id; `Forbidden` for users and guests, except about themselves.
    pub async fn get(&self, id: PersonId) -> Result<Profile> {
        let call = Call::new("get_person", id.to_string());
        call.response(self.portal.api().get_person().id(id).send().await, |envelope| envelope.response).await
    }

    /// The person with exactly this e-mail address, in any case, if there is one. People who were invited and have not
    /// accepted yet are found too, and so are those whose account is disabled.
    ///
    /// # Errors
    ///
    /// `Invalid` for what is no address, `Forbidden` for users and guests.
    pub async fn find(&self, email: impl Into<String>) -> Result<Option<Profile>> {
        let email = address(&email.into())?;
        let call = Call::new("get_person_by_email", format!("`{email}`"));
        let answer = self.portal.api().get_person_by_email().email(&email).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Ok(profile) => Ok(Some(profile).filter(|profile| has_address(profile, &email))),
            // A portal says that there is nobody; what is no portal only says that there is no such page.
            Err(error) if error.is_not_found() && error.message().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes an account that can be used at once: give it a password, then `send`. Nobody is written to.
    pub fn create(
        &self,
        email: impl Into<String>,
        first_name: impl Into<String>,
        last_name: impl Into<String>,
        person_type: PersonType,
    ) -> CreatePerson {
        CreatePerson::new(self.portal.clone(), email.into(), first_name.into(), last_name.into(), person_type)
    }

    /// Invites people to the portal: each address is written to, and the accounts wait until the people accept. Returns
    /// the people as they are then, in the order of the addresses. Whoever has an account of this type already is left
    /// alone.
    ///
    /// # Errors
    ///
    /// `Invalid` without an address, for what is none, for one that is there twice, and for the type `All`; `Forbidden`
    /// when one may not invite people of this type. `NotDone` when somebody is not there afterwards, or is of another
    /// type; the others are invited then.
    pub async fn invite<T: Into<String>>(
        &self,
        emails: impl IntoIterator<Item = T>,
        person_type: PersonType,
    ) -> Result<Vec<Profile>> {
        let emails = emails.into_iter().map(|email| address(&email.into())).collect::<Result<Vec<_>>>()?;
        check_type(person_type)?;
        if emails.is_empty() {
            return Err(Error::invalid("there is nobody to invite").advise("give an e-mail address"));
        }
        if let Some(twice) = repeated(&emails, |one, other| one.eq_ignore_ascii_case(other)) {
            return Err(Error::invalid(format!("`{twice}` is there twice")).advise("name everybody once"));
        }
        let call = Call::new("invite_people", emails.join(", "));
        let invitation = |email: &String| PersonInvitation { email: email.clone(), type_: person_type };
        let body = InvitePeopleRequest { invitations: emails.iter().map(invitation).collect(), culture: None };
        let answer = self.portal.api().invite_people().body(body).send().await;
        call.response(answer, |envelope| envelope.response).await?;
        let mut invited = Vec::new();
        for email in &emails {
            // What the answer lists is not settled by any recording, so everybody is looked for.
            let found = self.find(email).await.map_err(|error| error.while_waiting(&call))?;
            let profile = found.ok_or_else(|| {
                let reason = format!("the portal answered, but `{email}` is not among its people");
                Error::new(ErrorKind::NotDone, reason).of(&call).advise("look at the portal's accounts")
            })?;
            is_of_type(&profile, person_type, &call)?;
            invited.push(profile);
        }
        Ok(invited)
    }
}

/// Whether somebody became what was asked for.
fn is_of_type(profile: &Profile, wanted: PersonType, call: &Call) -> Result<()> {
    match profile.person_type() {
        Some(person_type) if person_type == wanted => Ok(()),
        other => {
            let is = other.map_or_else(|| "of no type".to_owned(), |other| format!("a {other}"));
            let who = profile.email.as_deref().unwrap_or(&profile.display_name);
            let reason = format!("the portal answered, but {who} is {is}, not a {wanted}");
            let advice = "change the person's type in the portal's accounts";
            Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
        }
    }
}

/// What somebody can be; `All` is only a filter.
fn check_type(person_type: PersonType) -> Result<()> {
    if person_type == PersonType::All {
        return Err(
            Error::invalid("nobody can be of the type All").advise("use one of RoomAdmin, Guest, DocSpaceAdmin, User")
        );
    }
    Ok(())
}

/// An e-mail address, by the portal's own measure: one `@`, neither first nor last.
pub(crate) fn address(email: &str) -> Result<String> {
    let email = email.trim();
    let parts = email.split_once('@');
    if !parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@')) {
        return Err(Error::invalid(format!("`{email}` is no e-mail address")));
    }
    if email.encode_utf16().count() > LONGEST_ADDRESS {
        let reason = format!("the address `{email}` has more than {LONGEST_ADDRESS} characters");
        return Err(Error::invalid(reason));
    }
    Ok(email.to_owned())
}

fn has_address(profile: &Profile, email: &str) -> bool {
    profile.email.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(email))
}

/// The first entry that another one before it equals.
pub(crate) fn repeated<T>(entries: &[T], same: impl Fn(&T, &T) -> bool) -> Option<&T> {
    let before = |(at, entry): &(usize, &T)| entries[..*at].iter().any(|earlier| same(earlier, entry));
    entries.iter().enumerate().find(before).map(|(_, entry)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_sign_in_between() {
        assert_eq!(address(" ann@acme.com ").unwrap(), "ann@acme.com");
        for bad in ["", "ann", "@acme.com", "ann@", "ann@acme@com", &format!("ann@{}", "x".repeat(252))] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_second_of_two_equal_entries_is_found() {
        assert_eq!(repeated(&[1, 2, 3, 2], |one, other| one == other), Some(&2));
        assert_eq!(repeated(&[1, 2, 3], |one, other| one == other), None);
    }
}
