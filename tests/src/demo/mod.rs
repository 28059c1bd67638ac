//! The demonstration: generates every client from its contract, then calls the vendor server through them, blocking and
//! async, and checks each answer.
//!
//! Every scenario is a file; [`run`] is all of them.

mod cloudblue;
mod corteos;
mod failures;
mod generation;
mod mont;
mod subscriptions;
mod transcript;
mod wire;
mod world;

use std::io::{self, Write};

use bindery_codegen::generate::Failure;
use bindery_runtime::{CallError, DecodeError, LexicalError, Operation, TransportError};

use generation::State;
use transcript::Transcript;
use world::World;

/// What may be asked of a run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Show every message, secrets taken out.
    pub wire: bool,
    /// Update the generated files. Without it they are only compared.
    pub write: bool,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Steps, each of them checked.
    pub steps: usize,
    /// Passwords, tokens, card data, keys and links that went over the wire: none of them may stand in a shown message.
    pub secrets: Vec<String>,
    /// Those among them that the transcript shows on purpose, outside of the messages.
    pub shown: Vec<String>,
}

/// Why a run ended early.
#[derive(Debug)]
pub enum Stop {
    /// The transcript cannot be written.
    Output(io::Error),
    /// `bindery.toml` or a contract has mistakes.
    Contract(Box<Failure>),
    /// Something did not come out as expected; says what.
    Unexpected(String),
    /// The generated files are no longer those this program was compiled from.
    Stale,
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Output(error) => write!(f, "cannot write the transcript: {error}"),
            Self::Contract(failure) => failure.fmt(f),
            Self::Unexpected(what) => f.write_str(what),
            Self::Stale => f.write_str(
                "the contracts have changed: this program was compiled from other generated files; run it again",
            ),
        }
    }
}

impl std::error::Error for Stop {}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A call that should have succeeded.
impl<O: Operation> From<CallError<O>> for Stop {
    fn from(error: CallError<O>) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl From<Box<Failure>> for Stop {
    fn from(failure: Box<Failure>) -> Self {
        Self::Contract(failure)
    }
}

impl From<TransportError> for Stop {
    fn from(error: TransportError) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl From<LexicalError> for Stop {
    fn from(error: LexicalError) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl From<Box<DecodeError>> for Stop {
    fn from(error: Box<DecodeError>) -> Self {
        Self::Unexpected(error.to_string())
    }
}

type Result<T = ()> = std::result::Result<T, Stop>;

/// Ends the run unless a step came out as it has to.
fn check(as_expected: bool, what: impl Into<String>) -> Result {
    if as_expected { Ok(()) } else { Err(Stop::Unexpected(what.into())) }
}

/// What must be there.
fn present<T>(value: Option<T>, what: &str) -> Result<T> {
    value.ok_or_else(|| Stop::Unexpected(format!("{what} is missing")))
}

/// The error of a call that has to fail.
fn error_of<O: Operation>(result: std::result::Result<O::Output, CallError<O>>) -> Result<CallError<O>> {
    match result {
        Ok(_) => Err(Stop::Unexpected(format!("{} succeeded where it has to fail", O::INFO.name))),
        Err(error) => Ok(error),
    }
}

/// Generates, then runs every scenario against a server of its own.
///
/// # Errors
/// The first step that does not come out as expected.
pub fn run(out: &mut dyn Write, options: Options) -> std::result::Result<Summary, Stop> {
    let mut world = World::start(options.wire)?;
    let mut transcript = Transcript::new(out, world.wire());
    let result = scenarios(&mut transcript, &mut world, options);
    // The messages that led to a failure are what a person looks for first.
    transcript.messages()?;
    result?;
    Ok(transcript.finish(world.into_secrets()))
}

fn scenarios(transcript: &mut Transcript<'_>, world: &mut World, options: Options) -> Result {
    if generation::run(transcript, &generation::root(), options.write)? == State::Stale {
        return Err(Stop::Stale);
    }
    mont::run(transcript, world)?;
    subscriptions::run(transcript, world)?;
    corteos::run(transcript, world)?;
    cloudblue::run(transcript, world)?;
    failures::run(transcript, world)
}
