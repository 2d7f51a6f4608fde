using System.Runtime.InteropServices;

namespace Kiwire.Server.Sessions;

/// <summary>Lowers the priority of the calling thread, where the system has priorities that a process without rights may lower.</summary>
internal static partial class LowPriorityThread
{
    // A nice value (sched(7)) of ten: a tenth of a core beside one thread that wants it all, and whoever wakes goes first. Not SCHED_IDLE: what this thread
    // does holds locks that others wait for, and on a machine that is busy with something else it would hold them for minutes. PRIO_PROCESS and
    // 0 are the calling thread, and any process may ask for less.
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
    private static partial int SetPriority(int which, uint who, int nice);
}
