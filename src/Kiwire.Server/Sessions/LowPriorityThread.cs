using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Kiwire.Server.Sessions;

/// <summary>
/// A thread for what may wait: logins and accounting answers go before it. Whoever gives it work waits for it, so that work is done by one
/// thread at a time.
/// </summary>
/// <remarks>
/// Linux: SCHED_IDLE (sched(7)), which runs when no other thread wants the core, gives way the moment one does, and is not left again by a process without
/// rights. On a machine that is busy it may stand still for seconds; what others wait for is done by a thread that is only <see cref="BeNice"/>.
/// </remarks>
internal sealed partial class LowPriorityThread : IDisposable
{
    private const int Idle = 5;

    // PRIO_PROCESS; 0 is the calling thread. A nice value of ten: a tenth of a core beside one thread that wants it all.
    private const int Process = 0;
    private const int Nice = 10;

    private readonly SemaphoreSlim _given = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Action? _work;
    private ExceptionDispatchInfo? _failure;

    /// <param name="name">The thread's name.</param>
    public LowPriorityThread(string name) => new Thread(Loop) { IsBackground = true, Name = name }.Start();

    /// <summary>Has the calling thread give way a little, where the system lets a thread have a priority of its own.</summary>
    public static void BeNice()
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

    /// <summary>Runs <paramref name="work"/> on the thread; returns when it is done, and throws what it threw.</summary>
    public void Run(Action work)
    {
        _work = work;
        _given.Release();
        _done.Wait();
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>Ends the thread, which must not be at work.</summary>
    public void Dispose()
    {
        _work = null;
        _given.Release();
    }

    private void Loop()
    {
        if (OperatingSystem.IsLinux())
        {
            int priority = 0;
            _ = SetScheduler(0, Idle, in priority);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }

        while (true)
        {
            _given.Wait();
            if (_work is not { } work)
            {
                return;
            }

            try
            {
                work();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _done.Release();
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int pid, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int nice);
}
