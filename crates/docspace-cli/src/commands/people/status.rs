//! `docspace people disable` and `docspace people enable`.

use clap::Args;
use docspace::Portal;
use docspace::deps::http::Method;
use docspace::people::Profile;
use serde_json::json;

use crate::args::people::PersonName;
use crate::args::{DryRunArgs, SafetyArgs};
use crate::command::PortalCommand;
use crate::confirmation;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::PersonRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const DISABLE_EXAMPLES: &str = r"Examples:
  docspace people disable ann@acme.com bob@acme.com
  docspace people disable ann@acme.com --yes";

/// The arguments of `docspace people disable`.
#[derive(Debug, Args)]
#[command(after_help = DISABLE_EXAMPLES)]
pub(crate) struct DisableArgs {
    /// E-mail addresses or ids of the people
    #[arg(value_name = "PERSON", required = true)]
    people: Vec<PersonName>,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for DisableArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check_because("disabled people cannot sign in", terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let people = profiles(&self.people, &session.portal).await?;
        let names = names(&people);
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("disable {names}")));
        }
        if self.safety.must_ask() {
            let records: Vec<_> = people.iter().cloned().map(PersonRecord).collect();
            confirmation::show(&records, session.terminal);
            let these = confirmation::these(records.len(), "person", "people");
            prompt::confirm(&format!("Disable {these}? They can no longer sign in."))?;
        }
        set_status(&session.portal, "Terminated", &people, "disabled", Profile::is_disabled).await
    }
}

const ENABLE_EXAMPLES: &str = r"Examples:
  docspace people enable ann@acme.com
  docspace people enable ann@acme.com --dry-run";

/// The arguments of `docspace people enable`.
#[derive(Debug, Args)]
#[command(after_help = ENABLE_EXAMPLES)]
pub(crate) struct EnableArgs {
    /// E-mail addresses or ids of the people
    #[arg(value_name = "PERSON", required = true)]
    people: Vec<PersonName>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EnableArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let people = profiles(&self.people, &session.portal).await?;
        if let Some(person) = people.iter().find(|person| !person.is_disabled()) {
            return Err(Failure::usage(format!("{} is not disabled", person.display_name))
                .advise("list the disabled people with `docspace people list --status disabled`"));
        }
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("enable {}", names(&people))));
        }
        set_status(&session.portal, "Active", &people, "enabled", |person| !person.is_disabled()).await
    }
}

async fn profiles(names: &[PersonName], portal: &Portal) -> Result<Vec<Profile>, Failure> {
    let mut people: Vec<Profile> = Vec::with_capacity(names.len());
    for name in names {
        let person = name.profile(portal).await?;
        if people.iter().all(|other| other.id != person.id) {
            people.push(person);
        }
    }
    Ok(people)
}

fn names(people: &[Profile]) -> String {
    let name = |person: &Profile| match &person.email {
        Some(email) => format!("{} ({email})", person.display_name),
        None => person.display_name.clone(),
    };
    people.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Disables the account of one person.
pub(super) async fn disable(portal: &Portal, person: &Profile) -> Result<(), Failure> {
    let people = std::slice::from_ref(person);
    let report = set_status(portal, "Terminated", people, "disabled", Profile::is_disabled).await?;
    report.failure.map_or(Ok(()), Err)
}

/// Sets the status of people, and checks that the portal did it for all of them.
async fn set_status(
    portal: &Portal,
    status: &str,
    people: &[Profile],
    participle: &str,
    is_done: fn(&Profile) -> bool,
) -> Result<Report<PersonRecord>, Failure> {
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let body = json!({ "userIds": ids, "resendAll": false });
    let question = format!("whether these people are {participle}: {}", names(people));
    let unknown = UnknownOutcome::new(question, super::LIST_ALL);
    let path = format!("people/status/{status}");
    let changed: Vec<Profile> = change(&unknown, portal.send(Method::PUT, &path, &body)).await?;
    let is_missing = |person: &&Profile| !changed.iter().any(|other| other.id == person.id && is_done(other));
    let missing: Vec<Profile> = people.iter().filter(is_missing).cloned().collect();
    let failure = (!missing.is_empty()).then(|| {
        Failure::local(format!("the portal reported success, but did not do it for {}", names(&missing)))
            .advise("check whether you are allowed to change them")
    });
    let done = changed.into_iter().filter(|person| ids.contains(&person.id) && is_done(person));
    Ok(Report::from(Records::List(done.map(PersonRecord).collect())).failing(failure))
}
