namespace Kiwire.Server;

/// <summary>
/// The server cannot start, for a reason that the operator can act on: the message is all that is printed, and the exit code is 1.
/// </summary>
internal sealed class StartUpException(string message, Exception? cause = null) : Exception(message, cause);
