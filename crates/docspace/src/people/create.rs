//! Making accounts.

use docspace_api::types::{CreatePersonRequest, PeopleGroupId, PersonType, Profile};
use docspace_api::{ClientPeopleExt, Secret};

use super::{address, check_type, has_address, is_of_type};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::lost_answer::{self, Began, is_lost};

/// An account to be made. Made by [`People::create`](crate::people::People::create).
///
/// ```
/// use docspace::people::PersonType;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let password = "s3cret-enough";
/// let ann = portal.people().create("ann@acme.com", "Ann", "Archer", PersonType::RoomAdmin).password(password);
/// let ann = ann.culture("en").send().await?;
/// assert!(ann.manages_rooms() && !ann.is_invited());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreatePerson {
    portal: Portal,
    request: CreatePersonRequest,
}

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

    /// The password to sign in with. Portals ask for 8 to 30 printable characters without spaces unless set otherwise.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.request.password = Some(password.into());
        self
    }

    /// Puts the person into these groups of people.
    pub fn groups(mut self, groups: impl IntoIterator<Item = PeopleGroupId>) -> Self {
        self.request.department = Some(groups.into_iter().collect());
        self
    }

    /// The language that the portal speaks to the person, such as `de`.
    pub fn culture(mut self, name: impl Into<String>) -> Self {
        self.request.culture_name = Some(name.into());
        self
    }

    /// Creates the account. The request is sent only once. If the answer is lost, the client reads
    /// the account with this address, and returns it if it has the same name and was created after
    /// the call began.
    ///
    /// # Errors
    ///
    /// - `Invalid`, before anything is sent: the password is missing, the e-mail address is not
    ///   valid, a name is blank or contains digits, or the type is `All`.
    /// - `Invalid`, from the portal: it does not accept a name or the password.
    /// - `Conflict`: another account has this address already.
    /// - `Forbidden`: the caller is not allowed to create people of this type. Room admins create
    ///   users and guests, administrators also create room admins, and only the owner creates
    ///   administrators.
    /// - `NotDone`: the portal created an account of another type.
    pub async fn send(mut self) -> Result<Profile> {
        self.request.email = address(&self.request.email)?;
        self.request.first_name = name("first", &self.request.first_name)?;
        self.request.last_name = name("last", &self.request.last_name)?;
        let wanted = self.request.type_;
        check_type(wanted)?;
        if self.request.password.as_ref().is_none_or(|password| password.expose().trim().is_empty()) {
            let reason = "an account that can be used at once needs a password";
            return Err(Error::invalid(reason).advise("give one, or invite the person instead"));
        }
        let call = Call::new("create_person", format!("`{}`", self.request.email));
        let email = self.request.email.clone();
        let began = Began::now();
        let answer = self.portal.api().create_person().body(self.request.clone()).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Ok(profile) => is_of_type(&profile, wanted, &call).map(|()| profile),
            // The portal has the same 400 for a taken address and a bad password, and a text in the caller's language.
            Err(error) if error.status() == Some(400) => match self.portal.people().find(&email).await {
                Ok(Some(there)) => {
                    let reason = format!("{} ({}) has this address already", there.display_name, there.id.0);
                    let advice = "use that account, or another address";
                    Err(Error::new(ErrorKind::Conflict, reason).of(&call).advise(advice).caused_by(error))
                }
                _ => Err(error),
            },
            Err(error) if is_lost(&error) => match made_since(&self.portal, &self.request, began).await {
                Some(profile) => is_of_type(&profile, wanted, &call).map(|()| profile),
                None => Err(error),
            },
            Err(error) => Err(error),
        }
    }
}

/// Finds the account that a call created although its answer was lost. An address has one account
/// at most, so it is that account if it has the requested name and was created after the call
/// began.
async fn made_since(portal: &Portal, asked: &CreatePersonRequest, began: Began) -> Option<Profile> {
    let answer = portal.api().get_person_by_email().email(&asked.email).send().await.ok()?;
    let earliest = began.by(lost_answer::date(answer.headers())?);
    let profile = answer.into_inner().response?;
    let same_name = profile.first_name == asked.first_name && profile.last_name == asked.last_name;
    let is_own = has_address(&profile, &asked.email) && same_name && profile.registration_date.to_utc() >= earliest;
    is_own.then_some(profile)
}

/// A part of a name. Portals refuse digits in it without saying so (recording `people/create-and-change`).
fn name(which: &str, name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid(format!("the {which} name is empty")));
    }
    match name.chars().find(|letter| letter.is_numeric()) {
        Some(other) => {
            let reason = format!("the {which} name `{name}` holds `{other}`");
            Err(Error::invalid(reason).advise("use letters, spaces, apostrophes and hyphens"))
        }
        None => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_digits() {
        assert_eq!(name("first", " Anne-Marie ").unwrap(), "Anne-Marie");
        // The portal decides about everything but what it was seen to refuse: here a mark of its own over the e.
        for good in ["O'Neill", "Jose\u{301}", "St. John"] {
            assert_eq!(name("last", good).unwrap(), good);
        }
        for bad in ["", " ", "A1"] {
            assert!(name("first", bad).is_err(), "{bad}");
        }
    }
}
