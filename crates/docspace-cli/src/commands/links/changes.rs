//! The changes that `docspace links edit` makes to a link.

use clap::Args;
use docspace::links::UpdateLink;
use docspace::{Access, RoomLink, Secret, Timestamp};
use jiff::{ToSpan, Zoned};

use super::owner::Owner;
use super::password::PasswordArgs;
use super::rules;
use crate::args::values;
use crate::failure::Failure;
use crate::output::local_time;
use crate::records::link::expiry;
use crate::terminal::Terminal;
use crate::text::{kebab, plain};

/// The flags that change a link.
#[derive(Debug, Args)]
pub(super) struct LinkChangesArgs {
    /// Change what people can do with the link; the type of the room limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    access: Option<Access>,
    /// Change the title of the link (requires a LINK)
    #[arg(long, value_name = "TITLE", value_parser = values::text, allow_hyphen_values = true)]
    title: Option<String>,
    /// Set when the link expires: 2027-01-31 (the end of that day) or 2027-01-31T18:00, in the time
    /// zone of this computer, or a time from now such as 30days or 3months
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    expires: Option<Timestamp>,
    /// Remove the expiry date
    #[arg(long, conflicts_with_all = ["expires", "never_expires"])]
    no_expiry: bool,
    #[command(flatten)]
    password: PasswordArgs,
    /// Remove the password
    #[arg(long, conflicts_with_all = ["password_stdin", "ask_password"])]
    no_password: bool,
    /// Restrict the link to people with an account on the portal (on), or open it to everyone (off)
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    internal: Option<bool>,
    /// Prevent (on) or allow (off) downloading, copying and printing by visitors
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    deny_download: Option<bool>,
    /// Limit how often the invitation link can be used, from 1 to 1000 times
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_uses: Option<u32>,
    /// Remove the limit on how often the invitation link can be used
    #[arg(long, conflicts_with = "max_uses")]
    unlimited_uses: bool,
}

/// The largest time until a link expires, in years (docs/portal/links.md#expiry-dates).
const MAX_YEARS: i64 = 10;

/// The changes to make, with the password.
pub(super) struct LinkChanges {
    args: LinkChangesArgs,
    password: Option<Secret>,
}

impl LinkChangesArgs {
    /// Fails if there is nothing to change, if several links would get the same title, or if no
    /// link can have one of the settings. The library also checks them, but for each single link.
    pub(super) fn check(&self, is_one_link: bool) -> Result<(), Failure> {
        if self.title.is_some() && !is_one_link {
            return Err(Failure::usage("--title changes one link, but filters select links").advise("name a LINK"));
        }
        if self.title.as_deref() == Some("") {
            return Err(Failure::usage("the title of the link is empty").advise("give it a title"));
        }
        if let Some(date) = self.expires {
            check_expiry(date)?;
        }
        let sets = self.access.is_some() || self.title.is_some() || self.expires.is_some() || self.password.is_set();
        let removes = self.no_expiry || self.no_password || self.unlimited_uses;
        let switches = self.internal.is_some() || self.deny_download.is_some() || self.max_uses.is_some();
        if sets || removes || switches {
            return Ok(());
        }
        Err(Failure::usage("there is nothing to change").advise("add a flag such as --expires 30days"))
    }

    /// Reads the password, if one is to be set.
    pub(super) fn read(self, terminal: Terminal) -> Result<LinkChanges, Failure> {
        Ok(LinkChanges { password: self.password.get(terminal)?, args: self })
    }
}

fn check_expiry(date: Timestamp) -> Result<(), Failure> {
    let now = Zoned::now();
    if date <= now.clone().into() {
        return Err(Failure::usage("the date of --expires has passed").advise("give a date in the future"));
    }
    // A date that is too far ahead for the calendar cannot be reached either.
    if now.checked_add(MAX_YEARS.years()).is_ok_and(|end| date > end.into()) {
        return Err(Failure::usage("the date of --expires is more than ten years ahead")
            .advise("give a date within the next ten years"));
    }
    Ok(())
}

impl LinkChanges {
    /// Adds the changes to a call.
    pub(super) fn apply(&self, mut link: UpdateLink) -> UpdateLink {
        let args = &self.args;
        if let Some(access) = args.access {
            link = link.access(access);
        }
        if let Some(title) = &args.title {
            link = link.title(title);
        }
        if let Some(date) = args.expires {
            link = link.expires(date);
        }
        if args.no_expiry {
            link = link.remove_expiry();
        }
        if let Some(password) = &self.password {
            link = link.password(password.clone());
        }
        if args.no_password {
            link = link.remove_password();
        }
        if let Some(on) = args.internal {
            link = link.internal(on);
        }
        if let Some(on) = args.deny_download {
            link = link.deny_download(on);
        }
        if let Some(count) = args.max_uses {
            link = link.max_uses(count);
        }
        if args.unlimited_uses {
            link = link.remove_max_uses();
        }
        link
    }

    /// Returns the reason why a link cannot be changed like this
    /// (docs/portal/links.md#updating-a-link).
    pub(super) fn problem(&self, owner: &Owner, link: &RoomLink) -> Option<String> {
        let args = &self.args;
        let sets_expiry = args.expires.is_some();
        let sets_password = self.password.is_some() || args.no_password;
        if link.is_expired() && !sets_expiry && !args.no_expiry {
            return Some("it has expired, so its expiry must be set or removed too".to_owned());
        }
        if sets_expiry && link.is_primary() && !link.can_edit_expiration_date {
            let what = if owner.room().is_some() { "a room of this type" } else { "an entry of a public room" };
            return Some(format!("the primary link of {what} cannot expire"));
        }
        if link.is_invitation() && (sets_password || args.internal.is_some() || args.deny_download.is_some()) {
            return Some("an invitation link cannot have a password or settings for visitors".to_owned());
        }
        if !link.is_invitation() && (args.max_uses.is_some() || args.unlimited_uses) {
            return Some("only an invitation link can have a limit on its uses".to_owned());
        }
        if args.internal.is_some_and(|on| on != link.is_internal()) && !link.can_edit_internal {
            return Some("the portal does not allow changing who can open it".to_owned());
        }
        args.access.and_then(|access| rules::problem(owner, link.is_invitation(), access))
    }

    /// Describes the changes for a person, such as `expires never → 2027-01-31 23:59 CET`.
    pub(super) fn describe(&self, link: &RoomLink) -> String {
        let args = &self.args;
        let mut changes = Vec::new();
        let mut change = |name: &str, old: String, new: Option<String>| {
            if let Some(new) = new.filter(|new| *new != old) {
                changes.push(format!("{name} {old} → {new}"));
            }
        };
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        let limit = |count: Option<i64>| count.map_or_else(|| "none".to_owned(), |count| count.to_string());
        let none = |removes: bool, word: &str| removes.then(|| word.to_owned());
        change("access", kebab(&link.access.to_string()), args.access.map(|access| kebab(&access.to_string())));
        change("title", format!("“{}”", plain(link.title())), args.title.as_ref().map(|title| format!("“{title}”")));
        change("expires", expiry(link), args.expires.map(local_time).or(none(args.no_expiry, "never")));
        let password = if link.password().is_some() { "set" } else { "none" };
        let new = self.password.as_ref().map(|_| "a new one".to_owned()).or(none(args.no_password, "none"));
        change("password", password.to_owned(), new);
        change("internal", switch(link.is_internal()), args.internal.map(switch));
        change("deny download", switch(link.denies_download()), args.deny_download.map(switch));
        let uses = args.max_uses.map(|count| count.to_string()).or(none(args.unlimited_uses, "none"));
        change("max uses", limit(link.max_uses().map(i64::from)), uses);
        if changes.is_empty() { "nothing changes".to_owned() } else { changes.join(", ") }
    }
}
