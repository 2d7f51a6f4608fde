using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Accepts every Access-Request, unless told otherwise.</summary>
internal sealed class FakeAccessHandler : IAccessRequestHandler
{
    private int _calls;

    public delegate ValueTask<RadiusReply?> Handling(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken);

    public Handling Respond { get; set; } = Accept;

    public int Calls => Volatile.Read(ref _calls);

    public ValueTask<RadiusReply?> HandleAsync(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Respond(request, writer, cancellationToken);
    }

    public static ValueTask<RadiusReply?> Accept(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken) =>
        new(Write(request, writer, RadiusCode.AccessAccept, TimeSpan.Zero));

    public static RadiusReply Write(in RadiusRequest request, PacketWriter writer, RadiusCode code, TimeSpan delay)
    {
        writer.Begin(code, request.Packet.Identifier, request.Packet.Authenticator, messageAuthenticator: true);
        writer.FinishResponse(request.Nas.Secret);
        return new RadiusReply(writer.Memory, delay);
    }

    /// <summary>An answer in memory of its own.</summary>
    public static RadiusReply WriteOwn(in RadiusRequest request, RadiusCode code, TimeSpan delay = default) => Write(request, new PacketWriter(), code, delay);
}

/// <summary>Keeps the tickets of Accounting-Requests until it is told to call them durable.</summary>
internal sealed class FakeAccountingHandler : IAccountingRequestHandler
{
    private readonly List<(IDurableSink Sink, int Ticket)> _held = [];

    public Func<IDurableSink, int, AccountingHandling>? Respond { get; set; }

    public int Calls { get; private set; }

    public IReadOnlyList<int> Tickets
    {
        get
        {
            lock (_held)
            {
                return [.. _held.Select(held => held.Ticket)];
            }
        }
    }

    public AccountingHandling Handle(scoped in RadiusRequest request, IDurableSink sink, int ticket)
    {
        Calls++;
        if (Respond is { } respond)
        {
            return respond(sink, ticket);
        }

        lock (_held)
        {
            _held.Add((sink, ticket));
        }

        return AccountingHandling.Held;
    }

    public void MakeDurable()
    {
        lock (_held)
        {
            foreach (IGrouping<IDurableSink, (IDurableSink Sink, int Ticket)> group in _held.GroupBy(held => held.Sink))
            {
                group.Key.Durable([.. group.Select(held => held.Ticket)]);
            }

            _held.Clear();
        }
    }
}

internal sealed class FakeHealth : IServerHealth
{
    public bool CanAuthenticate { get; set; } = true;

    public bool CanAccount { get; set; } = true;
}
