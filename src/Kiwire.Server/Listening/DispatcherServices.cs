using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <summary>What all dispatchers share: the rooms they serve, and the few things that are bounded for the whole server.</summary>
internal sealed record DispatcherServices(
    NasDirectory Directory,
    IAccessRequestHandler AccessRequests,
    IAccountingRequestHandler AccountingRequests,
    IServerHealth Health,
    WaitingRequests Waiting,
    DropNotices Notices,
    TimeProvider Time,
    ILogger<RequestDispatcher> Logger)
{
    /// <summary>Given to handlers: the server is stopping and waits no longer.</summary>
    public CancellationToken Stopping { get; init; }
}
