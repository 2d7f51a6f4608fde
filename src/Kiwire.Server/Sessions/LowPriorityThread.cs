using System.Runtime.InteropServices;

namespace Kiwire.Server.Sessions;

/// <summary>Lowers the priority of the calling thread, where the system has priorities that a process without rights may lower.</summary>
internal static partial class LowPriorityThread
{
    // SCHED_IDLE (sched(7)): runs when no other thread wants the core, and gives way the moment one does. Any process may ask for it;
    // pid 0 is the calling thread.
    private const int Idle = 5;

    /// <summary>Logins and accounting answers go before what this thread does.</summary>
    public static void Enter()
    {
        if (OperatingSystem.IsLinux())
        {
            // Where it is refused, the thread goes on as it is.
            int priority = 0;
            _ = SetScheduler(0, Idle, in priority);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int pid, int policy, in int priority);
}
