//! [`World`]: the vendor server, the settings to reach it, and the secrets in use.

use std::future::Future;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bindery_generated::{cloudblue, mont};
use bindery_runtime::Settings;
use tokio::runtime::{Builder, Runtime};

use super::{Result, Stop};
use crate::demo::wire::Wire;
use crate::server::{self, Server};

pub(super) const MONT_LOGIN: &str = "reseller";
pub(super) const CORTEOS_EMAIL: &str = "agent@example.test";
const CLOUDBLUE_LOGIN: &str = "provider";
// Words that stand nowhere else, so that finding one in the output means that it leaked.
const MONT_PASSWORD: &str = "mont-Pa55phrase";
pub(super) const CORTEOS_PASSWORD: &str = "corteos-Pa55phrase";
const CLOUDBLUE_PASSWORD: &str = "cloudblue-Pa55phrase";

pub(super) struct World {
    pub(super) server: Server,
    runtime: Runtime,
    wire: Wire,
    secrets: Vec<String>,
}

impl World {
    pub(super) fn start(show_messages: bool) -> Result<Self> {
        let server = Server::start_with(server::Options {
            mont_login: MONT_LOGIN.to_owned(),
            mont_password: MONT_PASSWORD.to_owned(),
            corteos_email: CORTEOS_EMAIL.to_owned(),
            corteos_password: CORTEOS_PASSWORD.to_owned(),
            cloudblue_credentials: Some((CLOUDBLUE_LOGIN.to_owned(), CLOUDBLUE_PASSWORD.to_owned())),
            ..server::Options::default()
        })
        .map_err(|error| Stop::Unexpected(format!("the server cannot listen on this machine: {error}")))?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Stop::Unexpected(format!("there is no async runtime to be had: {error}")))?;
        let basic = STANDARD.encode(format!("{MONT_LOGIN}:{MONT_PASSWORD}"));
        let secrets = [MONT_PASSWORD, CORTEOS_PASSWORD, CLOUDBLUE_PASSWORD, &basic].map(str::to_owned).to_vec();
        Ok(Self { server, runtime, wire: Wire::new(show_messages), secrets })
    }

    pub(super) fn wire(&self) -> Wire {
        self.wire.clone()
    }

    /// Waits for a future.
    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Notes a secret that goes over the wire.
    pub(super) fn keep_secret(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.secrets.push(text);
        }
    }

    pub(super) fn into_secrets(self) -> Vec<String> {
        self.secrets
    }

    /// MONT on both wires.
    pub(super) fn mont(&self) -> Settings {
        let settings = Settings::new()
            .endpoint_of(&mont::SOAP, self.server.mont_soap_url.as_str())
            .endpoint_of(&mont::XML, self.server.mont_xml_url.as_str())
            .credentials(MONT_LOGIN, MONT_PASSWORD);
        self.wire.listen(settings)
    }

    /// A service of Corteos, on both versions of SOAP.
    pub(super) fn corteos(&self, bindings: [&'static bindery_runtime::Binding; 2], url: &str) -> Settings {
        let settings =
            bindings.into_iter().fold(Settings::new(), |settings, binding| settings.endpoint_of(binding, url));
        self.wire.listen(settings)
    }

    pub(super) fn cloudblue(&self) -> Settings {
        let settings = Settings::new()
            .endpoint_of(&cloudblue::XML_RPC, self.server.cloudblue_url.as_str())
            .credentials(CLOUDBLUE_LOGIN, CLOUDBLUE_PASSWORD);
        self.wire.listen(settings)
    }
}
