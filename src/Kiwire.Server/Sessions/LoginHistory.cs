namespace Kiwire.Server.Sessions;

/// <summary>
/// Takes every decision on a login into the journal, without waiting for the disc; the applier makes it a row of the history and, for a
/// device that was refused, of the unauthorised devices (and takes the device from there when it gets in).
/// </summary>
internal sealed class LoginHistory
{
    /// <summary>Records a decision; false where the backlog is past its bound and the row is dropped (and counted).</summary>
    public bool TryRecord(in LoginEvent login) => throw new NotImplementedException();
}
