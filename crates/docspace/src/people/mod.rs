//! The people who have an account on a portal, and groups of people.
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

/// Maximum length of an e-mail address, in characters
/// (docs/portal/people.md#inviting-people-to-the-portal).
const LONGEST_ADDRESS: usize = 255;

/// The people of a portal. Returned by [`Portal::people`].
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// match portal.people().find("ann@acme.com").await? {
///     Some(ann) => println!("{} is a {:?}", ann.display_name, ann.person_type()),
///     None => println!("ann@acme.com has no account"),
/// }
/// # Ok(())
/// # });
/// ```
///
/// Every person has one [`PersonType`]. Administrators, who include the portal's owner, and room
/// admins can create rooms; users and guests cannot.
///
/// Users and guests cannot list or find people. A key needs the scope `accounts:read` for that, and
/// `accounts:write` to create or invite people.
#[derive(Clone, Debug)]
pub struct People {
    pub(crate) portal: Portal,
}

impl People {
    /// Lists the active people. [`ListPeople::status`] includes others.
    pub fn list(&self) -> ListPeople {
        ListPeople::new(self.portal.clone())
    }

    /// Reads one person.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no person with this id.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a user or guest and this is another
    ///   person, or the key lacks the scope `accounts:read`.
    pub async fn get(&self, id: PersonId) -> Result<Profile> {
        let call = Call::new("get_person", id.to_string());
        call.response(self.portal.api().get_person().id(id).send().await, |envelope| envelope.response).await
    }

    /// Finds the person with this e-mail address, in any case.
    ///
    /// This also finds people who have not accepted their invitation yet, and disabled people.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the text is not an e-mail address.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a user or guest, or the key lacks the
    ///   scope `accounts:read`.
    pub async fn find(&self, email: impl Into<String>) -> Result<Option<Profile>> {
        let email = address(&email.into())?;
        let call = Call::new("get_person_by_email", format!("`{email}`"));
        let answer = self.portal.api().get_person_by_email().email(&email).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Ok(profile) => Ok(Some(profile).filter(|profile| has_address(profile, &email))),
            // The portal's own 404 has a message. A proxy's has none, and does not mean that the
            // person does not exist.
            Err(error) if error.is_not_found() && error.message().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates a person who can sign in immediately. Set a password, then call `send`.
    ///
    /// The portal does not send an e-mail. To let a person choose a password, use
    /// [`invite`](Self::invite).
    pub fn create(
        &self,
        email: impl Into<String>,
        first_name: impl Into<String>,
        last_name: impl Into<String>,
        person_type: PersonType,
    ) -> CreatePerson {
        CreatePerson::new(self.portal.clone(), email.into(), first_name.into(), last_name.into(), person_type)
    }

    /// Invites people to the portal by e-mail.
    ///
    /// Returns the people in the order of the addresses. They are pending until they accept. A
    /// person who already has an account of this type is not changed.
    ///
    /// A portal invites guests only into a room: see
    /// [`Members::invite`](crate::members::Members::invite).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): there is no address, an address is not valid or is given
    ///   twice, or the type is `All` or `Guest`.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is not allowed to invite people of this
    ///   type.
    /// - [`NotDone`](ErrorKind::NotDone): one of the people does not exist afterwards, or has
    ///   another type. The others are invited.
    pub async fn invite<T: AsRef<str>>(
        &self,
        emails: impl IntoIterator<Item = T>,
        person_type: PersonType,
    ) -> Result<Vec<Profile>> {
        let emails = emails.into_iter().map(|email| address(email.as_ref())).collect::<Result<Vec<_>>>()?;
        check_type(person_type)?;
        if person_type == PersonType::Guest {
            // The portal would answer 403 (docs/portal/people.md#inviting-people-to-the-portal).
            return Err(Error::invalid("a guest cannot be invited to the portal")
                .advise("invite the address into a room, which makes the person a guest"));
        }
        if emails.is_empty() {
            return Err(Error::invalid("there is no one to invite").advise("name at least one e-mail address"));
        }
        if let Some(twice) = repeated(&emails, |one, other| one.eq_ignore_ascii_case(other)) {
            return Err(Error::invalid(format!("`{twice}` is given twice")).advise("name each person once"));
        }
        let call = Call::new("invite_people", emails.join(", "));
        let invitation = |email: &String| PersonInvitation { email: email.clone(), type_: person_type };
        let body = InvitePeopleRequest { invitations: emails.iter().map(invitation).collect(), culture: None };
        let answer = self.portal.api().invite_people().body(body).send().await;
        call.response(answer, |envelope| envelope.response).await?;
        let mut invited = Vec::new();
        for email in &emails {
            // The answer lists the people of the whole portal
            // (docs/portal/people.md#inviting-people-to-the-portal).
            let found = self.find(email).await.map_err(|error| error.while_waiting(&call))?;
            let profile = found.ok_or_else(|| {
                let reason = format!("the portal reported success, but has no person with the address `{email}`");
                Error::new(ErrorKind::NotDone, reason).of(&call).advise("check the accounts on the portal")
            })?;
            verify_type(&profile, person_type, &call)?;
            invited.push(profile);
        }
        Ok(invited)
    }
}

/// Checks that the person has the requested type.
fn verify_type(profile: &Profile, wanted: PersonType, call: &Call) -> Result<()> {
    match profile.person_type() {
        Some(person_type) if person_type == wanted => Ok(()),
        other => {
            let actual = other.map_or_else(|| "unknown".to_owned(), |other| other.to_string());
            let person = profile.email.as_deref().unwrap_or(&profile.display_name);
            let reason =
                format!("the portal reported success, but the type of {person} is {actual} instead of {wanted}");
            let advice = "change the person's type in the portal's accounts";
            Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
        }
    }
}

/// Rejects the type `All`, which is only a filter.
fn check_type(person_type: PersonType) -> Result<()> {
    if person_type == PersonType::All {
        return Err(
            Error::invalid("a person cannot have the type All").advise("use RoomAdmin, Guest, DocSpaceAdmin or User")
        );
    }
    Ok(())
}

/// Checks an e-mail address by the portal's own rule: one `@`, neither first nor last.
pub(crate) fn address(email: &str) -> Result<String> {
    let email = email.trim();
    let parts = email.split_once('@');
    if !parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@')) {
        return Err(Error::invalid(format!("`{email}` is not an e-mail address")));
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

/// The first entry that equals an earlier one.
fn repeated<T>(entries: &[T], same: impl Fn(&T, &T) -> bool) -> Option<&T> {
    let before = |(at, entry): &(usize, &T)| entries[..*at].iter().any(|earlier| same(earlier, entry));
    entries.iter().enumerate().find(before).map(|(_, entry)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_at_sign_between_two_parts() {
        assert_eq!(address(" ann@acme.com ").unwrap(), "ann@acme.com");
        for bad in ["", "ann", "@acme.com", "ann@", "ann@acme@com", &format!("ann@{}", "x".repeat(252))] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn repeated_returns_the_second_of_two_equal_entries() {
        assert_eq!(repeated(&[1, 2, 3, 2], |one, other| one == other), Some(&2));
        assert_eq!(repeated(&[1, 2, 3], |one, other| one == other), None);
    }
}
