//! Signing in with a password, and out again.

use docspace_api::types::{AuthToken, AuthenticateRequest, AuthenticateWithCodeRequest, TextEnvelope};
use docspace_api::{ClientAuthExt, ClientInfo, Secret, check_path_id};
use reqwest::header::{COOKIE, HeaderValue};
use url::form_urlencoded::byte_serialize;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::{Portal, PortalBuilder};

const TYPE_THE_CODE: &str = "type the code that was sent to you or that your authenticator shows";

impl PortalBuilder {
    /// Signs in with an e-mail address and a password, and builds a portal that uses the session's token.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let address = mock.url();
    /// # let (email, password) = (mock.email("owner"), mock.password("owner"));
    /// let portal = docspace::Portal::builder(address).sign_in(email, password).await?;
    /// println!("signed in as {}", portal.me().await?.display_name);
    /// portal.sign_out().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The token lasts a year unless the portal says otherwise; read it with [`Portal::token`] to keep it, or end it with
    /// [`Portal::sign_out`].
    ///
    /// # Errors
    ///
    /// - `Unauthorized`: the credentials are wrong. If the error has no status, the account
    ///   requires a second factor: use [`sign_in_with_code`](Self::sign_in_with_code) or an API
    ///   key.
    /// - `Forbidden`: five wrong attempts within a minute, or the account is disabled.
    /// - `Invalid`: the address uses plain HTTP, is not that of this computer and is not
    ///   [allowed](Self::allow_http). Nothing is sent.
    pub async fn sign_in(self, email: impl Into<String>, password: impl Into<Secret>) -> Result<Portal> {
        let (anonymous, request) = self.credentials_of(email.into(), password.into())?;
        let call = Call::new("authenticate", format!("as {}", request.user_name.as_deref().unwrap_or_default()));
        let answer = anonymous.api().authenticate().body(request).send().await;
        self.with_token(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    /// Signs in to an account with a second factor: with the code that its application shows, or that the portal sent as a
    /// text message when [`sign_in`](Self::sign_in) was tried.
    ///
    /// ```no_run
    /// # async fn example(code: docspace::Secret) -> docspace::Result<()> {
    /// let builder = docspace::Portal::builder("https://acme.onlyoffice.com");
    /// let portal = builder.sign_in_with_code("ann@acme.com", "…", code).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`sign_in`](Self::sign_in), and:
    ///
    /// - `Unauthorized`: the code is wrong.
    /// - `Invalid`: the code is empty, or contains slashes, backslashes, `?`, `#`, `%`, white space
    ///   or control characters, which no code has.
    pub async fn sign_in_with_code(
        self,
        email: impl Into<String>,
        password: impl Into<Secret>,
        code: impl Into<Secret>,
    ) -> Result<Portal> {
        let code = Secret::from(code.into().expose().trim());
        if code.expose().is_empty() {
            return Err(Error::invalid("the code is empty").advise(TYPE_THE_CODE));
        }
        // The code becomes part of the request's path.
        check_path_id(code.expose())
            .map_err(|reason| Error::invalid(format!("this is not a code: {reason}")).advise(TYPE_THE_CODE))?;
        let (anonymous, AuthenticateRequest { user_name, password, .. }) =
            self.credentials_of(email.into(), password.into())?;
        let call = Call::new("authenticate_with_code", format!("as {}", user_name.as_deref().unwrap_or_default()));
        let request = AuthenticateWithCodeRequest::builder().user_name(user_name).password(password).code(code.clone());
        let answer = anonymous.api().authenticate_with_code().code(code.expose()).body(request).send().await;
        self.with_token(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    fn credentials_of(&self, email: String, password: Secret) -> Result<(Portal, AuthenticateRequest)> {
        let email = email.trim();
        if email.is_empty() || password.expose().is_empty() {
            return Err(Error::invalid("signing in needs an e-mail address and a password"));
        }
        // `anonymous` has no credentials of its own, so building it does not check the address.
        self.check_address()?;
        let anonymous = self.clone().anonymous().build()?;
        let request = AuthenticateRequest {
            user_name: Some(email.to_owned()),
            password: Some(password),
            ..AuthenticateRequest::default()
        };
        Ok((anonymous, request))
    }

    fn with_token(self, answer: AuthToken, call: &Call) -> Result<Portal> {
        let Some(token) = answer.token else { return Err(second_factor(&answer).of(call)) };
        self.token(token).build()
    }
}

/// What is missing where a portal takes the password and gives no token (portal-facts 2.4).
fn second_factor(answer: &AuthToken) -> Error {
    let (reason, advice) = if answer.tfa_key.is_some() || answer.confirm_url.is_some() {
        ("the account has to set up its second factor", "sign in once with a browser, or use an API key")
    } else if answer.sms {
        ("the portal has sent a code as a text message", "sign in with that code, or use an API key")
    } else {
        ("the account asks for the code of its application", "sign in with that code, or use an API key")
    };
    Error::new(ErrorKind::Unauthorized, reason).advise(advice)
}

impl Portal {
    /// Whether the portal takes the credentials: the key works, or the session goes on. Every key can ask this, whatever
    /// its scopes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let key = portal.keys().create("nightly").send().await?;
    /// # let nightly = docspace::Portal::builder(mock.url()).api_key(key.key).build()?;
    /// portal.keys().set_active(key.id, false).await?;
    /// assert!(!nightly.is_signed_in().await?, "the key is switched off");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for any call; wrong credentials are no error here.
    pub async fn is_signed_in(&self) -> Result<bool> {
        if self.token().is_some() {
            let call = Call::new("get_authentication", "");
            return call.response(self.api().get_authentication().send().await, |envelope| envelope.response).await;
        }
        // That call is a 403 for a key that is wrong or limited, but what is about the key itself tells (portal-facts 2.3).
        match self.keys().current().await {
            Ok(_) => Ok(true),
            Err(error) if error.is_unauthorized() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Ends the session, for whoever else uses its token too, and looks whether it is over. Not from a browser, which
    /// sends no cookie that a program chose.
    ///
    /// # Errors
    ///
    /// `Invalid` where there is no session: with an API key, or without credentials. `NotDone` when the session goes on.
    pub async fn sign_out(self) -> Result<()> {
        let call = Call::new("logout", "");
        let Some(token) = self.token() else {
            let reason = "the portal is not used with a session";
            return Err(Error::invalid(reason).of(&call).advise("delete an API key, or switch it off, to end its use"));
        };
        // A token in the header stays as it is; only that of the cookie is ended, and is dead as a header then (2.4).
        let encoded: String = byte_serialize(token.expose().as_bytes()).collect();
        let cookie = HeaderValue::from_str(&format!("asc_auth_key={encoded}"));
        let mut cookie = cookie.map_err(|_| Error::invalid("the session token cannot be sent").of(&call))?;
        cookie.set_sensitive(true);
        let address = format!("{}/api/2.0/authentication/logout", self.api().baseurl());
        let request = self.api().client().post(address).header(COOKIE, cookie);
        call.send::<TextEnvelope>(self.api(), request).await?;
        if self.is_signed_in().await? {
            let reason = "the portal answered, but the session goes on";
            return Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("end it in the portal's profile page"));
        }
        Ok(())
    }
}
