package com.example.partjobservice;

import android.app.Application;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.ComponentName;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        JobScheduler jobs = (JobScheduler) getSystemService("jobscheduler");
        jobs.schedule(new JobInfo.Builder(1, new ComponentName(this, Sync.class))
            .setPeriodic(900000).build());
    }
}
