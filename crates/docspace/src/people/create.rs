//! Creating people with a password.

use docspace_api::types::{CreatePersonRequest, PeopleGroupId, PersonType, Profile};
use docspace_api::{ClientPeopleExt, Secret};

use super::{address, check_type, has_address, verify_type};
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::lost_answer::{self, Began, is_lost};
use crate::support::optional::optional_settings;

/// A person to create. Returned by [`People::create`](crate::people::People::create).
///
/// ```
/// use docspace::people::PersonType;
///
/// # doc_examples::with_portal(async |portal| {
/// # let password = "s3cret-enough";
/// let create = portal.people().create("ann@acme.com", "Ann", "Archer", PersonType::RoomAdmin);
/// let ann = create.password(password).culture("en").send().await?;
/// assert!(ann.manages_rooms() && !ann.is_invited());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreatePerson {
    portal: Portal,
    request: CreatePersonRequest,
}

brief_debug!(CreatePerson, |create| email: format_args!("{:?}", create.request.email));

optional_settings!(CreatePerson);

impl CreatePerson {
    pub(super) fn new(
        portal: Portal,
        email: String,
        first_name: String,
        last_name: String,
        person_type: PersonType,
    ) -> Self {
        Self { portal, request: CreatePersonRequest::new(email, first_name, last_name, person_type) }
    }

    /// The password to sign in with; required. By default a portal accepts 8 to 30 Latin characters
    /// without spaces.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.request.password = Some(password.into());
        self
    }

    /// Adds the person to these groups of people.
    pub fn groups(mut self, groups: impl IntoIterator<Item = PeopleGroupId>) -> Self {
        self.request.department = Some(groups.into_iter().collect());
        self
    }

    /// The person's language on the portal, such as `de`.
    pub fn culture(mut self, name: impl Into<String>) -> Self {
        self.request.culture_name = Some(name.into());
        self
    }

    /// Creates the person.
    ///
    /// The request is sent only once. If the answer is lost, the client reads the person with this
    /// address, and returns them if they have the same name and were created after the call began.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the password is missing, the e-mail address is not valid,
    ///   a name is blank or contains digits, or the type is `All`. Then nothing is sent. Or the
    ///   portal does not accept a name or the password.
    /// - [`Conflict`](ErrorKind::Conflict): another person has this address.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is not allowed to create people of this
    ///   type. Room admins create users and guests, administrators also create room admins, and
    ///   only the owner creates administrators.
    /// - [`NotDone`](ErrorKind::NotDone): the portal created a person of another type.
    pub async fn send(mut self) -> Result<Profile> {
        self.request.email = address(&self.request.email)?;
        self.request.first_name = name("first", &self.request.first_name)?;
        self.request.last_name = name("last", &self.request.last_name)?;
        let wanted = self.request.type_;
        check_type(wanted)?;
        if self.request.password.as_ref().is_none_or(|password| password.expose().trim().is_empty()) {
            let reason = "the password is missing";
            return Err(Error::invalid(reason).advise("set a password, or invite the person instead"));
        }
        let call = Call::new("create_person", format!("`{}`", self.request.email));
        let email = self.request.email.clone();
        let began = Began::now();
        let answer = self.portal.api().create_person().body(self.request.clone()).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Ok(profile) => verify_type(&profile, wanted, &call).map(|()| profile),
            // The portal answers 400 for a taken address and for a bad password, with a text in the
            // caller's language.
            Err(error) if error.status() == Some(400) => match self.portal.people().find(&email).await {
                Ok(Some(existing)) => {
                    let reason = format!("{} ({}) already has this address", existing.display_name, existing.id.0);
                    let advice = "use that person, or another address";
                    Err(Error::new(ErrorKind::Conflict, reason).of(&call).advise(advice).caused_by(error))
                }
                _ => Err(error),
            },
            Err(error) if is_lost(&error) => match find_created(&self.portal, &self.request, began).await {
                Some(profile) => verify_type(&profile, wanted, &call).map(|()| profile),
                None => Err(error),
            },
            Err(error) => Err(error),
        }
    }
}

/// Finds the person that a call created although its answer was lost. An address belongs to one
/// person at most, so it is that person if they have the requested name and were created after the
/// call began.
async fn find_created(portal: &Portal, asked: &CreatePersonRequest, began: Began) -> Option<Profile> {
    let answer = portal.api().get_person_by_email().email(&asked.email).send().await.ok()?;
    let earliest = began.by(lost_answer::date(answer.headers())?);
    let profile = answer.into_inner().response?;
    let same_name = profile.first_name == asked.first_name && profile.last_name == asked.last_name;
    let is_own = has_address(&profile, &asked.email) && same_name && profile.registration_date.to_utc() >= earliest;
    is_own.then_some(profile)
}

/// Checks a first or last name. Portals reject digits in names without naming them (recording
/// people/create-and-change, step 8).
fn name(which: &str, name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid(format!("the {which} name is empty")));
    }
    match name.chars().find(|letter| letter.is_numeric()) {
        Some(other) => {
            let reason = format!("the {which} name `{name}` contains `{other}`");
            Err(Error::invalid(reason).advise("use letters, spaces, apostrophes and hyphens"))
        }
        None => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_digits_are_rejected() {
        assert_eq!(name("first", " Anne-Marie ").unwrap(), "Anne-Marie");
        // The client rejects only what a portal was seen to reject, so combining accents are
        // accepted.
        for good in ["O'Neill", "Jose\u{301}", "St. John"] {
            assert_eq!(name("last", good).unwrap(), good);
        }
        for bad in ["", " ", "A1"] {
            assert!(name("first", bad).is_err(), "{bad}");
        }
    }
}
