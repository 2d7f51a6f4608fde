using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Writes the answers to Access-Requests: Message-Authenticator first (every one has it), then what the answer says, then the request's
/// Proxy-State in order, then the signatures.
/// </summary>
internal static class ReplyWriter
{
    private const byte UserName = 1;
    private const byte ReplyMessage = 18;
    private const byte State = 24;
    private const byte Class = 25;
    private const byte SessionTimeout = 27;
    private const byte IdleTimeout = 28;
    private const byte ProxyState = 33;
    private const byte EapMessage = 79;
    private const byte AcctInterimInterval = 85;
    private const byte ErrorCause = 101;

    /// <summary>Error-Cause "Invalid EAP Packet (Ignored)" (RFC 3579, 2.6.2).</summary>
    public const uint InvalidEapPacket = 202;

    public static void Begin(PacketWriter writer, scoped in RadiusRequest request, RadiusCode code) =>
        writer.Begin(code, request.Packet.Identifier, request.Packet.Authenticator, messageAuthenticator: true);

    /// <summary>What an accept carries, whatever proved it.</summary>
    public static void AppendAccept(PacketWriter writer, scoped in RadiusRequest request, scoped in AcceptFields accept)
    {
        if (accept.SessionSeconds > 0)
        {
            writer.Append(SessionTimeout, accept.SessionSeconds);
        }

        if (accept.IdleSeconds > 0)
        {
            writer.Append(IdleTimeout, accept.IdleSeconds);
        }

        writer.Append(AcctInterimInterval, accept.InterimSeconds);
        if (writer.Reserve(Class, LoginClass.Length, out Span<byte> place))
        {
            accept.Class.Write(place);
        }

        if (!accept.AccountName.IsEmpty)
        {
            writer.Append(UserName, accept.AccountName);
        }

        request.Nas.Type.AppendAcceptAttributes(writer, in accept.Limits);
    }

    public static void AppendReplyMessage(PacketWriter writer, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            writer.Append(ReplyMessage, text);
        }
    }

    public static void AppendState(PacketWriter writer, ReadOnlySpan<byte> state) => writer.Append(State, state);

    public static void AppendSessionTimeout(PacketWriter writer, uint seconds) => writer.Append(SessionTimeout, seconds);

    public static void AppendEap(PacketWriter writer, ReadOnlySpan<byte> message) => writer.AppendInPieces(EapMessage, message);

    public static void AppendErrorCause(PacketWriter writer, uint cause) => writer.Append(ErrorCause, cause);

    /// <summary>Completes the answer.</summary>
    /// <param name="writer">Holds it.</param>
    /// <param name="request">What is answered.</param>
    /// <param name="hasProxyState">The request has Proxy-State to be returned (RFC 2865, 5.33).</param>
    public static void Finish(PacketWriter writer, scoped in RadiusRequest request, bool hasProxyState)
    {
        if (hasProxyState)
        {
            foreach (AttributeView attribute in request.Packet)
            {
                if (attribute.Type == ProxyState)
                {
                    writer.Append(ProxyState, attribute.Value);
                }
            }
        }

        writer.FinishResponse(request.Nas.Secret);
    }
}

/// <summary>What an Access-Accept says.</summary>
internal readonly ref struct AcceptFields
{
    /// <summary>Session-Timeout; 0: none.</summary>
    public required uint SessionSeconds { get; init; }

    /// <summary>Idle-Timeout; 0: none.</summary>
    public required uint IdleSeconds { get; init; }

    /// <summary>Acct-Interim-Interval.</summary>
    public required uint InterimSeconds { get; init; }

    public required LoginClass Class { get; init; }

    /// <summary>User-Name, where the login was by MAC; else empty.</summary>
    public ReadOnlySpan<byte> AccountName { get; init; }

    public readonly AcceptFacts Limits;

    public AcceptFields(in AcceptFacts limits) => Limits = limits;
}
