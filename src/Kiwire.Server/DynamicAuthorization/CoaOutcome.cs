using System.Globalization;
using System.Net.Sockets;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What became of one CoA- or Disconnect-Request.</summary>
internal abstract record CoaOutcome
{
    private CoaOutcome()
    {
    }

    /// <summary>The outcome in a sentence.</summary>
    public abstract string Text { get; }

    /// <summary>How often it was sent.</summary>
    public virtual int SendCount => 0;

    /// <summary>From the first sending to the answer; null: there was none.</summary>
    public virtual TimeSpan? Answered => null;

    /// <summary>CoA-ACK or Disconnect-ACK. The NAS has taken it; whether it has done it, accounting tells.</summary>
    public sealed record Acknowledged(int Sends, TimeSpan RoundTrip) : CoaOutcome
    {
        public override string Text => "The NAS acknowledged it.";

        public override int SendCount => Sends;

        public override TimeSpan? Answered => RoundTrip;
    }

    /// <summary>CoA-NAK, Disconnect-NAK or Protocol-Error.</summary>
    /// <param name="Cause">Error-Cause (RFC 5176, 3.5); null: the NAS gave none.</param>
    /// <param name="Sends">How often it was sent.</param>
    /// <param name="RoundTrip">From the first sending to the answer.</param>
    public sealed record Refused(ErrorCause? Cause, int Sends, TimeSpan RoundTrip) : CoaOutcome
    {
        public override string Text => Cause is { } cause
            ? string.Create(CultureInfo.InvariantCulture, $"The NAS refused it: {(uint)cause} {NameOf(cause)}.")
            : "The NAS refused it and gave no Error-Cause.";

        public override int SendCount => Sends;

        public override TimeSpan? Answered => RoundTrip;
    }

    /// <summary>No genuine answer came.</summary>
    /// <param name="Sends">How often it was sent.</param>
    /// <param name="Forged">Answers that were not genuine.</param>
    /// <param name="Fault">The socket's last error; else <see cref="SocketError.Success"/>.</param>
    public sealed record Unanswered(int Sends, int Forged, SocketError Fault) : CoaOutcome
    {
        public override string Text => (Forged, Fault) switch
        {
            (> 0, _) => $"Answers came that are not genuine ({Forged}): the secret differs, or somebody forges them.",
            (_, SocketError.Success) => $"The NAS did not answer, {Sends} times sent.",
            _ => $"The NAS did not answer, {Sends} times sent; the network said {Fault}.",
        };

        public override int SendCount => Sends;
    }

    /// <summary>Nothing was sent.</summary>
    /// <param name="Reason">Why, in a sentence.</param>
    public sealed record NotSent(string Reason) : CoaOutcome
    {
        public override string Text => Reason;
    }

    /// <summary>An Error-Cause by name; by number where it has none.</summary>
    public static string NameOf(ErrorCause cause) =>
        RadiusDictionary.BuiltIn.TryGet(Rfc5176.ErrorCause.Name, out DictionaryAttribute? attribute) && attribute.TryGetValue((uint)cause, out DictionaryValue? value)
            ? value.Name
            : ((uint)cause).ToString(CultureInfo.InvariantCulture);
}
