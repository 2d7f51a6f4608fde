using System.Runtime.InteropServices;

namespace Kiwire.Server.Sessions;

/// <summary>Lowers the priority of the calling thread, where the system has priorities that a process without rights may lower.</summary>
internal static partial class LowPriorityThread
{
    // On Linux a thread has a nice value of its own; who = 0 is the calling thread (setpriority(2)).
    private const int Process = 0;
    private const int Nice = 10;

    /// <summary>Logins and accounting answers go before what this thread does.</summary>
    public static void Enter()
    {
        if (OperatingSystem.IsLinux())
        {
            // Where it is refused, the thread goes on as it is.
            _ = SetPriority(Process, 0, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
