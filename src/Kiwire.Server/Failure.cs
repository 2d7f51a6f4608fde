namespace Kiwire.Server;

/// <summary>Whether the program is stopping because something of it died, so that its exit code says so.</summary>
internal sealed class Failure(IHostApplicationLifetime lifetime)
{
    public bool HasHappened { get; private set; }

    /// <summary>Stops the program: half alive is worse than restarted.</summary>
    public void Stop()
    {
        HasHappened = true;
        lifetime.StopApplication();
    }
}
